//! There is nothing here: the tests are all there is.

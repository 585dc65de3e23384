// The framework's own tests of processes, mailboxes and messages: one file for each part of it.
import "./codecs";
import "./config";
import "./links";
import "./mailbox";
import "./messages";
import "./modules";
import "./names";
import "./panics";
import "./spawning";
import "./system";
import "./tags";
import "./tasks";
import "./time";

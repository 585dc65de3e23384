// The tests of lunatic/files: by path, open ones, and what processes see of them.
import "./filesByPath";
import "./filesOfProcesses";
import "./openFiles";

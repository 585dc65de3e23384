import {
  Mailbox,
  Process,
  ProcessConfig,
  SpawnOptions,
  Unit,
  WasmModule,
  assertEqual,
  environmentVariable,
  programArguments,
  spawn,
  unit,
} from "lunatic";

@test
function aNewConfigAllowsNothing(): void {
  const config = ProcessConfig.create().value;
  assert(!config.canSpawnProcesses);
  assert(!config.canCreateConfigs);
  assert(!config.canCompileModules);
  assertEqual(config.maxFuel, 0);
}

@test
function aConfigKeepsWhatItIsTold(): void {
  const config = ProcessConfig.create().value;
  config.maxMemory = 10_000_000;
  config.maxFuel = 7;
  config.canSpawnProcesses = true;
  config.canCreateConfigs = true;
  config.canCompileModules = true;
  assertEqual(config.maxMemory, 10_000_000);
  assertEqual(config.maxFuel, 7);
  assert(config.canSpawnProcesses && config.canCreateConfigs && config.canCompileModules);
  config.drop();
}

@test
function aProcessHasTheArgumentsAndVariablesOfItsConfig(): void {
  const config = ProcessConfig.create().value;
  config.addArgument("program");
  config.addArgument("größe");
  config.addEnvironmentVariable("COLOR", "a=b");
  const mailbox = Mailbox.of<string>();
  spawn(
    (parent: Process<string>, _: Mailbox<Unit>) => {
      parent.send(programArguments().join(" "));
      parent.send(`${environmentVariable("COLOR")} ${environmentVariable("COLO")}`);
    },
    mailbox.self,
    new SpawnOptions().withConfig(config),
  );
  assertEqual(mailbox.receive(), "program größe");
  assertEqual(mailbox.receive(), "a=b null");
}

@test
function whatIsNotAllowedIsRefused(): void {
  const mailbox = Mailbox.of<string>();
  spawn(
    (parent: Process<string>, _: Mailbox<Unit>) => {
      const config = ProcessConfig.create();
      parent.send(config.error!.text);
      parent.send(`${WasmModule.compile(new Uint8Array(8)).error!.denied}`);
    },
    mailbox.self,
    new SpawnOptions().withConfig(ProcessConfig.create().value),
  );
  assertEqual(mailbox.receive(), "permission denied: creating configs");
  assertEqual(mailbox.receive(), "true");
}

@test
function aProcessThatMaySpawnNothingFailsWhenItTries(): void {
  const mailbox = Mailbox.of<Unit>().monitorable();
  const process = spawn(
    (parent: Process<Unit>, self: Mailbox<Unit>) => {
      self.receive();
      spawn((_: Unit, _mailbox: Mailbox<Unit>) => {}, unit());
      parent.send(unit());
    },
    mailbox.self,
    new SpawnOptions().withConfig(ProcessConfig.create().value),
  );
  mailbox.monitor(process);
  process.send(unit());
  assert(mailbox.receive().isProcessDied);
}

@test
function aProcessThatHasUsedUpItsFuelFails(): void {
  const config = ProcessConfig.create().value;
  config.maxFuel = 2;
  const mailbox = Mailbox.of<Unit>().monitorable();
  const process = spawn(
    (_: Unit, self: Mailbox<Unit>) => {
      self.receive();
      while (true) {}
    },
    unit(),
    new SpawnOptions().withConfig(config),
  );
  mailbox.monitor(process);
  process.send(unit());
  assert(mailbox.receive().isProcessDied);
}

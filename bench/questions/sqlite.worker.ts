import initialize from "@sqlite.org/sqlite-wasm";

type Question = { readonly name: string; readonly count: number };

/** The same as guests/as/load/databases.ts, by the package's own interface. */
self.onmessage = async ({ data: { name, count } }: MessageEvent<Question>) => {
  const { oo1 } = await initialize();
  const open = () => {
    const db = new oo1.DB(":memory:");
    db.exec("create table t (id integer primary key, name text, value real)");
    return db;
  };
  type Database = ReturnType<typeof open>;

  const insert = (db: Database) => {
    const statement = db.prepare("insert into t (name, value) values (?, ?)");
    for (let i = 0; i < count; i++) {
      statement.bind(["a name of some length", i * 1.5]).step();
      statement.reset();
    }
    statement.finalize();
    return Number(db.selectValue("select count(*) from t"));
  };
  const insertRows = (db: Database) => {
    db.exec("begin immediate");
    const rows = insert(db);
    db.exec("commit");
    return rows;
  };
  const readAlone = (db: Database) => {
    const select = db.prepare("select name, value from t where id = ?");
    let found = 0;
    for (let i = 1; i <= count; i++) {
      if (select.bind([i]).step() && String(select.get([])[0]).length > 0) found++;
      select.reset();
    }
    select.finalize();
    return found;
  };
  const selectAll = (db: Database) => {
    const select = db.prepare("select id, name, value from t");
    let found = 0;
    while (select.step()) if (select.get([]).length === 3) found++;
    select.finalize();
    return found;
  };

  const measure = () => {
    const db = open();
    if (name === "reads" || name === "select") insertRows(db);
    const startMs = performance.now();
    let done: number;
    if (name === "rows") done = insertRows(db);
    else if (name === "transactions") done = insert(db);
    else if (name === "reads") done = readAlone(db);
    else done = selectAll(db);
    const elapsedUs = (performance.now() - startMs) * 1000;
    db.close();
    return { elapsedUs, count: done };
  };
  measure();
  self.postMessage(measure());
};

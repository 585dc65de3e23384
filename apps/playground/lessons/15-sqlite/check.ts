import { type Goals, hasFailed, type WatchedRun } from "../../src/lessons/check/index.ts";

const BEGINNING = 100;
const PAYMENT = 10;
const MORE = 5;

/** Balances by owner, as main has left them; empty while it is at work. */
function accounts(run: WatchedRun): ReadonlyMap<string, number> {
  const rows = run.rows("bank.db", "select owner, balance from accounts");
  if (run.root?.ending !== "returned" || rows === undefined) return new Map();
  return new Map(rows.map(([owner, balance]) => [String(owner), Number(balance)]));
}

export const goals: Goals = [
  {
    id: "bound",
    title: "O'Hara gets an account",
    hint: 'bank.prepare("… values (?, 100)"), and then .bind(owner).run().',
    isReached: (run) => accounts(run).has("O'Hara"),
  },
  {
    id: "rolled-back",
    title: "A payment fails in the middle, and no money is missing",
    hint: 'bank.execute("begin immediate") before the first update, bank.execute("commit") behind the last.',
    isReached: (run) => {
      const balances = [...accounts(run).values()];
      const sum = balances.reduce((total, balance) => total + balance, 0);
      return run.children(1).some(hasFailed) && balances.length > 1 && sum === BEGINNING * balances.length;
    },
  },
  {
    id: "together",
    title: "Five more payments, by processes of their own, and each of them counts",
    hint: "const payments = 6;",
    isReached: (run) => {
      const paid = run.children(1).filter(({ ending }) => ending === "returned").length;
      const balances = accounts(run);
      return (
        paid >= MORE &&
        balances.get("Ada") === BEGINNING - PAYMENT * paid &&
        balances.get("Grace") === BEGINNING + PAYMENT * paid
      );
    },
  },
];

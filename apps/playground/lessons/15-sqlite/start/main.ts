import { Mailbox, Unit, print, spawn } from "lunatic";
import { SqliteClient } from "lunatic/sqlite";

@row
class Account {
  owner: string = "";
  balance: i64 = 0;
}

/** Every process has a connection of its own. */
function openBank(): SqliteClient {
  return SqliteClient.connect("bank.db").expect("the bank cannot be opened");
}

function openAccount(bank: SqliteClient, owner: string): void {
  const error = bank.execute(`insert into accounts (owner, balance) values ('${owner}', 100)`);
  if (error !== null) print(`no account for ${owner}: ${error.message}`);
}

/** Takes 10 from Ada and gives them to Grace. The payment with the number 0 fails in the middle. */
function pay(payment: i32, _mailbox: Mailbox<Unit>): void {
  const bank = openBank();
  bank.prepare("update accounts set balance = balance - ? where owner = ?").bind(10).bind("Ada").run();
  assert(payment > 0, "the power is gone");
  bank.prepare("update accounts set balance = balance + ? where owner = ?").bind(10).bind("Grace").run();
}

export function main(mailbox: Mailbox<Unit>): void {
  const bank = openBank();
  bank.execute(`
    drop table if exists accounts;
    create table accounts (owner text primary key, balance integer)`);
  openAccount(bank, "Ada");
  openAccount(bank, "Grace");
  openAccount(bank, "O'Hara");

  const signals = mailbox.monitorable();
  const payments = 1;
  for (let i = 0; i < payments; i++) signals.monitor(spawn(pay, i));
  for (let ended = 0; ended < payments; ended++) signals.receive();

  const accounts = bank.prepare("select owner, balance from accounts order by owner").all<Account>();
  for (let i = 0; i < accounts.length; i++) print(`${accounts[i].owner} has ${accounts[i].balance}`);
}

use super::*;

#[lunatic::test]
fn every_ball_comes_back(mailbox: Mailbox<Ball>) {
    let opponent = Process::spawn_link(mailbox.this(), opponent);
    for rally in 0..100 {
        opponent.send(Ball::Ping(rally));
        assert!(matches!(mailbox.receive(), Ball::Pong(answered) if answered == rally));
    }
}

#[lunatic::test]
fn balls_come_back_in_their_order(mailbox: Mailbox<Ball>) {
    let opponent = Process::spawn_link(mailbox.this(), opponent);
    (0..50).for_each(|rally| opponent.send(Ball::Ping(rally)));
    for rally in 0..50 {
        assert!(matches!(mailbox.receive(), Ball::Pong(answered) if answered == rally));
    }
}

#[lunatic::test]
#[should_panic]
fn the_wrong_ball_ends_the_game(mailbox: Mailbox<Ball>) {
    let opponent = Process::spawn_link(mailbox.this(), opponent);
    opponent.send(Ball::Pong(1));
    mailbox.receive();
}

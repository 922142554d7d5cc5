package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A history of one key, written by hand. Times are milliseconds. */
final class Told {

  static final String KEY = "k";

  private final List<Op> ops = new ArrayList<>();
  private int client;
  private long start;
  private long end;

  /** The next call is of this client. */
  Told client(int number, long from, long to) {
    this.client = number;
    this.start = from;
    this.end = to;
    return this;
  }

  Told puts(long value) {
    return add(new Call.Put(value), new Answer.Done(Optional.empty(), Optional.empty()));
  }

  Told putsAt(long value, long offset) {
    return add(
        new Call.Put(value),
        new Answer.Done(Optional.of(new Version(0, offset)), Optional.empty()));
  }

  Told putsTold(long value, boolean created) {
    return add(new Call.Put(value), new Answer.Done(Optional.empty(), Optional.of(created)));
  }

  Told putsRefused(long value) {
    return add(new Call.Put(value), new Answer.Refused("not tried"));
  }

  Told putsUnknown(long value) {
    return add(new Call.Put(value), new Answer.Unknown("no answer"));
  }

  Told patches(long value) {
    return add(new Call.Patch(value), new Answer.Done(Optional.empty(), Optional.empty()));
  }

  Told patchesUnknown(long value) {
    return add(new Call.Patch(value), new Answer.Unknown("no answer"));
  }

  Told patchesNothing(long value) {
    return add(new Call.Patch(value), new Answer.Mismatch());
  }

  Told repeats(long value, long first, Answer answer) {
    return add(new Call.Repeat(value, doneAt(first)), answer);
  }

  static Answer.Done doneAt(long offset) {
    return new Answer.Done(Optional.of(new Version(0, offset)), Optional.empty());
  }

  Told seesHalves(long first, long second) {
    return add(new Call.Read(Level.EVENTUAL), new Answer.Torn(first, second));
  }

  Told deletes() {
    return add(new Call.Delete(), new Answer.Done(Optional.empty(), Optional.empty()));
  }

  Told deletesUnknown() {
    return add(new Call.Delete(), new Answer.Unknown("no answer"));
  }

  Told swaps(long expected, long value) {
    return add(new Call.Swap(expected, value), new Answer.Done(Optional.empty(), Optional.empty()));
  }

  Told swapsUnknown(long expected, long value) {
    return add(new Call.Swap(expected, value), new Answer.Unknown("no answer"));
  }

  Told swapsInVain(long expected, long value) {
    return add(new Call.Swap(expected, value), new Answer.Mismatch());
  }

  Told reads(long value) {
    return reads(Level.STRONG, value);
  }

  Told reads(Level level, long value) {
    return add(new Call.Read(level), new Answer.Seen(value, Optional.empty(), "n1"));
  }

  Told readsPatched(Level level, long base, long value) {
    return add(new Call.Read(level), new Answer.Seen(value, base, Optional.empty(), "n1"));
  }

  Told readsAt(Level level, long value, long offset) {
    return add(
        new Call.Read(level), new Answer.Seen(value, Optional.of(new Version(0, offset)), "n1"));
  }

  private Told add(Call call, Answer answer) {
    ops.add(new Op(client, KEY, call, start * 1_000_000, end * 1_000_000, answer));
    return this;
  }

  History history() {
    return new History(7, ops);
  }
}

package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.Condition;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.ShardMap;
import dev.weir.store.Version;
import java.util.Locale;

/**
 * The pure function that makes a shard's state out of its log: {@code state = fold(log[0 .. p])}.
 *
 * <p>Called by processing and by restore alike. It knows no clock, no randomness, no locale and no
 * other shard. Offsets are dense: what is at or below the position is skipped, the next one is
 * folded, anything above stops the shard, because a record between was lost. Confined to one thread
 * at a time.
 */
public final class Fold {
  private static final FoldResult FOLDED = new FoldResult.Folded();
  private static final FoldResult REPEATED = new FoldResult.Repeated();
  private static final Outcome HEARD = new Outcome.Removed(true);

  private final StateMap state;
  private final FoldEffects effects;
  private final Definitions definitions;
  private final Changes changes;
  private final Documents documents;
  private final Edges edges;
  private final Outbox outbox;
  private final TrackedKeys trackedKeys;
  private final Continuations continuations;
  private final KeptOutcomes keptOutcomes;
  private Position position;

  /**
   * Continues at a position.
   *
   * @param shard number of the shard
   * @param shards number of shards of the generation
   * @param state the state as of {@code position}
   * @param position how far it has got
   */
  public Fold(int shard, int shards, StateMap state, Position position) {
    this.state = state;
    this.position = position;
    this.effects = new FoldEffects();
    this.outbox = new Outbox(state, effects);
    this.continuations = new Continuations(state, effects);
    this.definitions = new Definitions(shard, shards, state, outbox, continuations, effects);
    this.changes = new Changes(state, definitions);
    this.edges = new Edges(new ShardMap(shards), shard, state, definitions, outbox, changes);
    Vertices vertices = new Vertices(state, definitions, edges, continuations);
    this.documents = new Documents(state, definitions, edges, vertices, changes);
    this.trackedKeys = new TrackedKeys(shards, definitions, state, outbox);
    this.keptOutcomes = new KeptOutcomes(state);
  }

  /** How far the state has got. */
  public Position position() {
    return position;
  }

  /** The definitions in force. */
  public Catalogue catalogue() {
    return definitions.catalogue();
  }

  /** What happened since the last {@link FoldEffects#drain}, for those who act on it. */
  public FoldEffects effects() {
    return effects;
  }

  /** Folds one entry. After a stop, and after an exception, the instance must be given up. */
  public FoldResult fold(LogEntry entry) {
    long next = position.offset() + 1;
    if (isRewritten(entry)) {
      return new FoldResult.Stopped(
          String.format(
              Locale.ROOT,
              "the record at offset %d is of leader epoch %d, but the state has folded offset %d of"
                  + " epoch %d: the log lost records and was written anew (unclean leader election,"
                  + " or a topic of the same name); keep this state directory, and start nodes whose"
                  + " state is older, or none; or store what all nodes have with 'weir snapshot save"
                  + " --to' and use 'weir snapshot clone'",
              entry.offset(),
              entry.leaderEpoch(),
              position.offset(),
              position.leaderEpoch()));
    }
    if (entry.offset() < next) {
      return REPEATED;
    }
    if (entry.offset() > next) {
      return new FoldResult.Stopped(
          String.format(
              Locale.ROOT,
              "the log jumps from offset %d to %d: the records between are lost to this shard; "
                  + "compare the log's start offset and its retention settings; to go on without"
                  + " them, store what the nodes have with 'weir snapshot save' and use 'weir"
                  + " snapshot clone'",
              position.offset(),
              entry.offset()));
    }
    LogFormat.Decoded decoded = LogFormat.decode(entry.key(), entry.value());
    if (decoded instanceof LogFormat.Newer newer) {
      return new FoldResult.Stopped(
          String.format(
              Locale.ROOT,
              "the record at offset %d has format version %d, which this release does not know: "
                  + "upgrade this node",
              entry.offset(),
              newer.version()));
    }
    if (decoded instanceof LogFormat.Record known && known.generation() == position.generation()) {
      apply(known.record(), entry);
    } else {
      countRefused();
    }
    position =
        new Position(position.logId(), position.generation(), entry.offset(), entry.leaderEpoch());
    return FOLDED;
  }

  // Leader epochs never fall along a log.
  private boolean isRewritten(LogEntry entry) {
    int folded = position.leaderEpoch();
    int found = entry.leaderEpoch();
    return folded >= 0
        && found >= 0
        && (entry.offset() <= position.offset() ? found > folded : found < folded);
  }

  private void apply(LogRecord record, LogEntry entry) {
    changes.begin(version(entry));
    if (record instanceof LogRecord.Ingested ingested) {
      ingest(ingested, entry);
    } else if (record instanceof LogRecord.Command command) {
      effects.decided(
          entry.offset(), command.id(), run(command.operation(), entry, Documents.Writer.COMMAND));
    } else if (record instanceof LogRecord.Emitted emitted) {
      receive(emitted, entry);
    } else if (record instanceof LogRecord.Trim trim) {
      outbox.trim(trim.toShard(), trim.upTo());
    } else if (record instanceof LogRecord.Continue step) {
      continuations.step(step.continuation(), step.step(), version(entry));
    }
  }

  // Without its source a record leaves no watermark either: nobody would remove it any more.
  private void ingest(LogRecord.Ingested record, LogEntry entry) {
    if (!definitions.hasSource(record.origin().source())) {
      countRefused();
      return;
    }
    byte[] key = StateKeys.watermark(record.origin());
    Watermark watermark = Watermark.read(state.get(key));
    if (!watermark.admits(record)) {
      return;
    }
    state.put(key, Watermark.after(record).bytes());
    run(record.operation(), entry, Documents.Writer.SOURCE);
  }

  private void receive(LogRecord.Emitted record, LogEntry entry) {
    byte[] key = StateKeys.received(record.fromShard());
    if (record.number() != StateValues.number(state.get(key), 0) + 1) {
      return;
    }
    state.put(key, StateValues.number(record.number()));
    run(record.operation(), entry, Documents.Writer.SOURCE);
  }

  private Outcome run(Operation operation, LogEntry entry, Documents.Writer writer) {
    Outcome outcome = decide(operation, entry, writer);
    if (outcome instanceof Outcome.Rejected) {
      countRefused();
    }
    return outcome;
  }

  private Outcome decide(Operation operation, LogEntry entry, Documents.Writer writer) {
    if (operation instanceof Operation.Change change) {
      return documents.change(Condition.NONE, change, writer, version(entry), entry.timestamp());
    }
    if (operation instanceof Operation.When when) {
      return documents.change(
          when.condition(), when.change(), writer, version(entry), entry.timestamp());
    }
    if (operation instanceof Operation.Batch batch) {
      return documents.batch(batch, writer, version(entry), entry.timestamp());
    }
    if (operation instanceof Operation.Once once) {
      return keptOutcomes.of(
          once, entry.timestamp(), () -> decide(once.operation(), entry, writer));
    }
    if (operation instanceof Operation.Track track) {
      return trackedKeys.track(track, entry.timestamp());
    }
    if (operation instanceof Operation.Define define) {
      return definitions.define(define.changes(), version(entry), entry.timestamp());
    }
    if (operation instanceof Operation.Adopt adopt) {
      return definitions.adopt(adopt.catalogue(), version(entry));
    }
    return hear(operation, entry);
  }

  /** What another shard tells of an edge between here and there. */
  private Outcome hear(Operation operation, LogEntry entry) {
    if (operation instanceof Operation.LinkIn link) {
      edges.inEdges().link(link, version(entry), entry.timestamp());
    } else if (operation instanceof Operation.UnlinkIn unlink) {
      edges.inEdges().unlink(unlink);
    } else if (operation instanceof Operation.DropOut drop) {
      edges.drop(drop, entry.timestamp());
    }
    return HEARD;
  }

  private Version version(LogEntry entry) {
    return new Version(position.generation(), entry.offset());
  }

  private void countRefused() {
    byte[] key = StateKeys.refused();
    state.put(key, StateValues.number(StateValues.number(state.get(key), 0) + 1));
    effects.refused();
  }
}

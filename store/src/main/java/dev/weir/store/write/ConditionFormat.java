package dev.weir.store.write;

import dev.weir.store.Condition;
import dev.weir.store.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions and versions as parts of an envelope. */
final class ConditionFormat {
  private static final int ALWAYS = 0;
  private static final int EXISTS = 1;
  private static final int ABSENT = 2;
  private static final int ONE_OF = 3;
  private static final int NONE_OF = 4;

  private ConditionFormat() {}

  static void write(Condition condition, EnvelopeWriter out) {
    if (condition instanceof Condition.OneOf one) {
      out.putByte(ONE_OF);
      writeVersions(one.versions(), out);
    } else if (condition instanceof Condition.NoneOf none) {
      out.putByte(NONE_OF);
      writeVersions(none.versions(), out);
    } else {
      boolean asked = !(condition instanceof Condition.Always);
      out.putByte(!asked ? ALWAYS : condition instanceof Condition.Exists ? EXISTS : ABSENT);
    }
  }

  static Condition read(EnvelopeReader in) throws UnreadableEnvelopeException {
    int kind = in.takeByte();
    return switch (kind) {
      case ALWAYS -> Condition.NONE;
      case EXISTS -> new Condition.Exists();
      case ABSENT -> new Condition.Absent();
      case ONE_OF -> new Condition.OneOf(readVersions(in));
      case NONE_OF -> new Condition.NoneOf(readVersions(in));
      default -> throw UnreadableEnvelopeException.newer(LogFormat.VERSION, "condition " + kind);
    };
  }

  static void writeVersion(Version version, EnvelopeWriter out) {
    out.putNumber(version.generation(), "generation");
    out.putNumber(version.offset(), "offset");
  }

  static Version readVersion(EnvelopeReader in) throws UnreadableEnvelopeException {
    return new Version(in.takeInt(), in.takeNumber());
  }

  /** A byte that says whether there is one, and the version. */
  static void writeNullable(@Nullable Version version, EnvelopeWriter out) {
    out.putByte(version == null ? 0 : 1);
    if (version != null) {
      writeVersion(version, out);
    }
  }

  static @Nullable Version readNullable(EnvelopeReader in) throws UnreadableEnvelopeException {
    return in.takeFlag() ? readVersion(in) : null;
  }

  private static void writeVersions(List<Version> versions, EnvelopeWriter out) {
    out.putNumber(versions.size(), "versions");
    versions.forEach(version -> writeVersion(version, out));
  }

  private static List<Version> readVersions(EnvelopeReader in) throws UnreadableEnvelopeException {
    long count = in.takeNumber();
    List<Version> versions = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      versions.add(readVersion(in));
    }
    return versions;
  }
}

package dev.weir.query.http;

import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Consistency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How fresh an answer has to be, as a request says it. */
final class Levels {
  static final String HEADER = "Weir-Consistency";
  private static final String PARAMETER = "consistency";

  /** Why a reading operation may be refused because of what it asks for. */
  static final ProblemType[] PROBLEMS = {
    ProblemType.INVALID_CONSISTENCY,
    ProblemType.INVALID_POSITION,
    ProblemType.FOREIGN_POSITION,
    ProblemType.BEHIND_POSITION,
    ProblemType.TOO_STALE,
    ProblemType.LOG_UNREACHABLE
  };

  private static final String MEANING =
      "`strong`, `session`, `eventual` or `bounded` with `;max-age=500ms`, `;max-records=100` or"
          + " both; else the collection's own level. ";

  private Levels() {}

  /** What operations that read documents take. */
  static Parameter[] parameters() {
    return new Parameter[] {
      Parameter.header(HEADER, MEANING + "The same as the parameter `consistency`."),
      Parameter.query(PARAMETER, Schemas.TEXT, MEANING + "The same as the header."),
      Parameter.header(
          ServedBy.POSITION,
          "A token from an earlier answer or write, or several in one field with commas between"
              + " them: the answer will not be from before it, whichever node gives it. Not with"
              + " `eventual`.")
    };
  }

  /** Reads a request's level and position. */
  static ReadOptions of(Call call, CollectionDefinition collection) throws ProblemException {
    Consistency level = level(call);
    String position = call.header(ServedBy.POSITION);
    if (level == null && position == null) {
      return on(call, new ReadOptions(collection.consistency(), null, null));
    }
    PositionToken token = position == null ? null : token(position);
    if (token != null && level instanceof Consistency.Eventual) {
      throw new ProblemException(
          ProblemType.INVALID_CONSISTENCY,
          "A position was given, which `eventual` would not heed: ask for `session`, or leave the"
              + " position out.");
    }
    return on(call, new ReadOptions(level, token, null).orAt(collection.consistency()));
  }

  /** The position that a write came with, to be handed on; what is none is not worth a refusal. */
  static @Nullable PositionToken brought(Call call) {
    String position = call.header(ServedBy.POSITION);
    return position == null ? null : PositionToken.parseAll(position).orElse(null);
  }

  private static ReadOptions on(Call call, ReadOptions options) {
    Client client = call.incoming().client();
    return options.from(client.caller(), client.left());
  }

  private static @Nullable Consistency level(Call call) throws ProblemException {
    String header = call.header(HEADER);
    Optional<String> parameter = call.query().text(PARAMETER);
    if (header == null) {
      return parameter.isEmpty() ? null : parsed(parameter.get());
    }
    Consistency level = parsed(header.strip());
    if (parameter.isPresent() && !parsed(parameter.get()).equals(level)) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_CONSISTENCY,
                  "The header and the parameter ask for different levels.")
              .with("header", header)
              .with("parameter", parameter.get()));
    }
    return level;
  }

  private static Consistency parsed(String text) throws ProblemException {
    try {
      return Consistency.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_CONSISTENCY,
                  "'%s' is not a level: %s.".formatted(Texts.shorten(text), e.getMessage()))
              .with("consistency", Texts.shorten(text)));
    }
  }

  private static PositionToken token(String text) throws ProblemException {
    return PositionToken.parseAll(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                            ProblemType.INVALID_POSITION,
                            "The header Weir-Position holds no position that was given out, or"
                                + " positions of different logs.")
                        .with("header", ServedBy.POSITION)));
  }
}

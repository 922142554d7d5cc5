package dev.weir.query.http;

import dev.weir.store.Condition;
import dev.weir.store.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of writes (RFC 9110, section 13.1). {@code If-Match} compares strongly: a weak tag
 * never matches. Tags that are no versions of this database match nothing.
 */
final class Preconditions {
  static final String IF_MATCH = "If-Match";
  static final String IF_NONE_MATCH = "If-None-Match";
  private static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";

  /** An entity tag and what separates it from the next; a tag has no quotes inside. */
  private static final Pattern TAG =
      Pattern.compile("\\G[ \\t]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(,|$)");

  private Preconditions() {}

  /** The condition of a write. */
  static Condition of(Incoming incoming) throws ProblemException {
    if (incoming.header(IF_UNMODIFIED_SINCE) != null) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.PRECONDITION_NOT_SUPPORTED,
                  "The write carries the condition %s; use %s with the version."
                      .formatted(IF_UNMODIFIED_SINCE, IF_MATCH))
              .with("header", IF_UNMODIFIED_SINCE));
    }
    return of(incoming.headerList(IF_MATCH), incoming.headerList(IF_NONE_MATCH));
  }

  /**
   * The condition that two values stand for.
   *
   * @param ifMatch {@code *} or a list of tags; null = not given
   * @param ifNoneMatch likewise
   */
  static Condition of(@Nullable String ifMatch, @Nullable String ifNoneMatch)
      throws ProblemException {
    if (ifMatch != null && ifNoneMatch != null) {
      throw invalid(IF_NONE_MATCH, "The write has both If-Match and If-None-Match.");
    }
    if (ifMatch != null) {
      return ifMatch.trim().equals("*")
          ? new Condition.Exists()
          : new Condition.OneOf(versions(IF_MATCH, ifMatch, false));
    }
    if (ifNoneMatch != null) {
      return ifNoneMatch.trim().equals("*")
          ? new Condition.Absent()
          : new Condition.NoneOf(versions(IF_NONE_MATCH, ifNoneMatch, true));
    }
    return Condition.NONE;
  }

  private static List<Version> versions(String header, String text, boolean weakToo)
      throws ProblemException {
    List<Version> versions = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    boolean more = true;
    int end = 0;
    while (more && tag.find()) {
      end = tag.end();
      more = tag.group(3).equals(",");
      Optional<Version> version = Version.parse(tag.group(2));
      if (version.isPresent() && (weakToo || tag.group(1) == null)) {
        versions.add(version.get());
      }
    }
    if (more || end != text.length()) {
      throw invalid(
          header,
          "'%s' is neither * nor a list of ETags in double quotes.".formatted(Texts.shorten(text)));
    }
    if (versions.size() > Condition.MOST_VERSIONS) {
      throw invalid(header, "At most %d ETags are taken.".formatted(Condition.MOST_VERSIONS));
    }
    return versions;
  }

  private static ProblemException invalid(String header, String detail) {
    return new ProblemException(
        Problem.of(ProblemType.INVALID_CONDITION, detail).with("header", header));
  }
}

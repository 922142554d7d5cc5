package dev.weir.store.log;

/**
 * One setting of a topic.
 *
 * @param name Kafka's name of it
 * @param value the value a new topic is created with
 * @param rule what an existing topic may have instead
 */
public record TopicSetting(String name, String value, Rule rule) {

  /** What an existing topic may have in place of the value. */
  public enum Rule {
    /** Nothing else. */
    EXACT,
    /** Any greater number. */
    AT_LEAST,
    /** Anything; another value is worth a word, as it costs speed or space only. */
    ADVISED
  }

  /** Whether {@code actual} is the value itself, or another one that the rule takes as well. */
  boolean accepts(String actual) {
    return actual.equals(value)
        || (rule == Rule.AT_LEAST && Long.parseLong(actual) >= Long.parseLong(value));
  }

  static TopicSetting exact(String name, Object value) {
    return new TopicSetting(name, value.toString(), Rule.EXACT);
  }

  static TopicSetting atLeast(String name, long value) {
    return new TopicSetting(name, Long.toString(value), Rule.AT_LEAST);
  }

  static TopicSetting advised(String name, Object value) {
    return new TopicSetting(name, value.toString(), Rule.ADVISED);
  }
}

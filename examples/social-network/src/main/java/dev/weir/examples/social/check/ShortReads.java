package dev.weir.examples.social.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The short reads of LDBC SNB computed from the rows of the files, without documents, edges or a
 * database; first of the snapshot, then of every state that the updates lead to. Rows are as {@code
 * ShortReadAnswers} has them. Not thread-safe.
 */
public final class ShortReads {

  private static final String NONE = "-1";
  private static final int LATEST = 10;

  private final SortedMap<Long, Person> persons = new TreeMap<>();
  private final SortedMap<Long, Message> messages = new TreeMap<>();
  private final Map<Long, Forum> forums = new HashMap<>();

  private static final class Person {
    private List<String> cells = List.of(); // from the id on, as in the file
    private String city = "";
    private final SortedMap<Long, Long> friends = new TreeMap<>(); // since when
    private final List<Long> messages = new ArrayList<>();
  }

  private static final class Message {
    private long created;
    private String content = "";
    private long creator;
    private long forum;
    private @Nullable Long parent;
    private final List<Long> replies = new ArrayList<>();
  }

  private static final class Forum {
    private String title = "";
    private long moderator;
  }

  /** The state of the snapshot. */
  public static ShortReads ofSnapshot() {
    ShortReads reads = new ShortReads();
    rows("person").forEach(row -> reads.person(row.get(0)).cells = row);
    rows("person_isLocatedIn_place").forEach(row -> reads.person(row.get(0)).city = row.get(1));
    rows("person_knows_person").forEach(row -> reads.friends(row.get(0), row.get(1), row.get(2)));
    rows("forum").forEach(row -> reads.forum(row.get(0)).title = row.get(1));
    rows("forum_hasModerator_person")
        .forEach(row -> reads.forum(row.get(0)).moderator = Long.parseLong(row.get(1)));
    rows("post").forEach(row -> reads.message(row.get(0), row.get(2), row.get(6), row.get(1)));
    rows("comment").forEach(row -> reads.message(row.get(0), row.get(1), row.get(4), ""));
    rows("post_hasCreator_person").forEach(row -> reads.creator(row.get(0), row.get(1)));
    rows("comment_hasCreator_person").forEach(row -> reads.creator(row.get(0), row.get(1)));
    rows("forum_containerOf_post")
        .forEach(row -> reads.message(row.get(1)).forum = Long.parseLong(row.get(0)));
    rows("comment_replyOf_post").forEach(row -> reads.reply(row.get(0), row.get(1)));
    rows("comment_replyOf_comment").forEach(row -> reads.reply(row.get(0), row.get(1)));
    return reads;
  }

  /** The updates, in the order in which they are published. */
  public static List<List<String>> updates() {
    List<List<String>> updates = new ArrayList<>();
    Lines.of("update_streams/updateStream_0_0_person", false).forEach(updates::add);
    Lines.of("update_streams/updateStream_0_0_forum", false).forEach(updates::add);
    updates.sort(Comparator.comparingLong(row -> Long.parseLong(row.get(0))));
    return updates;
  }

  /** How many documents an update touches. */
  public static int touched(List<String> update) {
    return update.get(2).equals("8") ? 2 : 1;
  }

  /** Goes on to the state after an update. */
  public void update(List<String> row) {
    switch (row.get(2)) {
      case "1" -> {
        person(row.get(3)).cells = row.subList(3, 11);
        person(row.get(3)).city = row.get(11);
      }
      case "4" -> {
        forum(row.get(3)).title = row.get(4);
        forum(row.get(3)).moderator = Long.parseLong(row.get(6));
      }
      case "6" -> {
        message(row.get(3), row.get(5), row.get(9), row.get(4));
        creator(row.get(3), row.get(11));
        message(row.get(3)).forum = Long.parseLong(row.get(12));
      }
      case "7" -> {
        message(row.get(3), row.get(4), row.get(7), "");
        creator(row.get(3), row.get(9));
        reply(row.get(3), row.get(11).equals(NONE) ? row.get(12) : row.get(11));
      }
      case "8" -> friends(row.get(3), row.get(4), row.get(5));
      default -> {} // likes and memberships, which no short read looks at
    }
  }

  /** All persons. */
  public List<Long> persons() {
    return List.copyOf(persons.keySet());
  }

  /** All posts and comments. */
  public List<Long> messages() {
    return List.copyOf(messages.keySet());
  }

  /** The rows of a query about a person or a message. */
  public List<String> rows(String query, long id) {
    return switch (query) {
      case "is1" -> profile(id);
      case "is2" -> latest(id);
      case "is3" -> friends(id);
      case "is4" -> List.of(got(id).created + "|" + got(id).content);
      case "is5" -> List.of(named(got(id).creator));
      case "is6" -> forumOf(id);
      default -> replies(id);
    };
  }

  /** How many friendships lie between two persons; -1 = no number of them. */
  public int distance(long one, long other) {
    Map<Long, Integer> distances = new HashMap<>(Map.of(one, 0));
    Deque<Long> next = new ArrayDeque<>(List.of(one));
    while (!next.isEmpty()) {
      long person = next.remove();
      int distance = distances.getOrDefault(person, 0);
      if (person == other) {
        return distance;
      }
      for (long friend : person(person).friends.keySet()) {
        if (distances.putIfAbsent(friend, distance + 1) == null) {
          next.add(friend);
        }
      }
    }
    return -1;
  }

  private List<String> profile(long id) {
    Person person = person(id);
    List<String> c = person.cells;
    return List.of(
        String.join(
            "|",
            c.get(1),
            c.get(2),
            c.get(4),
            c.get(6),
            c.get(7),
            person.city,
            c.get(3),
            c.get(5)));
  }

  private List<String> latest(long id) {
    Comparator<Long> byDate = Comparator.comparingLong(message -> got(message).created);
    return person(id).messages.stream()
        .sorted(byDate.thenComparing(Comparator.naturalOrder()).reversed())
        .limit(LATEST)
        .map(
            message ->
                message
                    + "|"
                    + got(message).content
                    + "|"
                    + got(message).created
                    + "|"
                    + begin(message)
                    + "|"
                    + named(got(begin(message)).creator))
        .toList();
  }

  private List<String> friends(long id) {
    SortedMap<Long, Long> friends = person(id).friends;
    Comparator<Long> bySince = Comparator.comparingLong(f -> friends.getOrDefault(f, 0L));
    return friends.keySet().stream()
        .sorted(bySince.reversed().thenComparing(Comparator.naturalOrder()))
        .map(friend -> named(friend) + "|" + friends.get(friend))
        .toList();
  }

  private List<String> forumOf(long id) {
    long forum = got(begin(id)).forum;
    Forum found = forum(forum);
    return List.of(forum + "|" + found.title + "|" + named(found.moderator));
  }

  private List<String> replies(long id) {
    Message message = got(id);
    Comparator<Long> byDate = Comparator.comparingLong(reply -> got(reply).created);
    return message.replies.stream()
        .sorted(byDate.reversed().thenComparingLong(reply -> got(reply).creator))
        .map(
            reply ->
                reply
                    + "|"
                    + got(reply).content
                    + "|"
                    + got(reply).created
                    + "|"
                    + named(got(reply).creator)
                    + "|"
                    + person(message.creator).friends.containsKey(got(reply).creator))
        .toList();
  }

  private long begin(long id) {
    long begin = id;
    for (Long parent = got(begin).parent; parent != null; parent = got(begin).parent) {
      begin = parent;
    }
    return begin;
  }

  private String named(long person) {
    return person + "|" + person(person).cells.get(1) + "|" + person(person).cells.get(2);
  }

  private void friends(String one, String other, String since) {
    person(one).friends.put(Long.valueOf(other), Long.valueOf(since));
    person(other).friends.put(Long.valueOf(one), Long.valueOf(since));
  }

  private void message(String id, String created, String content, String image) {
    Message message = message(id);
    message.created = Long.parseLong(created);
    message.content = content.isEmpty() ? image : content;
  }

  private void creator(String id, String person) {
    message(id).creator = Long.parseLong(person);
    person(person).messages.add(Long.valueOf(id));
  }

  private void reply(String id, String parent) {
    message(id).parent = Long.valueOf(parent);
    message(parent).replies.add(Long.valueOf(id));
  }

  private Person person(String id) {
    return person(Long.parseLong(id));
  }

  private Person person(long id) {
    return persons.computeIfAbsent(id, none -> new Person());
  }

  private Message message(String id) {
    return messages.computeIfAbsent(Long.valueOf(id), none -> new Message());
  }

  private Message got(long id) {
    return messages.computeIfAbsent(id, none -> new Message());
  }

  private Forum forum(String id) {
    return forum(Long.parseLong(id));
  }

  private Forum forum(long id) {
    return forums.computeIfAbsent(id, none -> new Forum());
  }

  private static List<List<String>> rows(String file) {
    return Lines.of("dynamic/" + file + "_0_0", true).toList();
  }
}

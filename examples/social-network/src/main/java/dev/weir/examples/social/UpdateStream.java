package dev.weir.examples.social;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays the ordered updates onto a network and publishes every document they touch in its new
 * state.
 *
 * <p>A row is {@code timestamp | dependency time | operation | fields}. In a membership the forum
 * comes before the person, unlike in the other operations.
 */
final class UpdateStream {

  private static final int FIELDS = 3;

  private final Network network;
  private final Consumer<SocialEvent> sink;

  UpdateStream(Network network, Consumer<SocialEvent> sink) {
    this.network = network;
    this.sink = sink;
  }

  /** The rows of both update files by time; rows of one time keep the order of the files. */
  static List<String[]> rows() {
    List<String[]> rows = new ArrayList<>(Table.read("update_streams/updateStream_0_0_person"));
    rows.addAll(Table.read("update_streams/updateStream_0_0_forum"));
    rows.sort(Comparator.comparingLong(row -> Long.parseLong(row[0])));
    return rows;
  }

  void play(String[] row) {
    long at = Long.parseLong(row[0]);
    switch (Integer.parseInt(row[2])) {
      case 1 -> addPerson(row, at);
      case 2 -> like(Kind.POST, row, at);
      case 3 -> like(Kind.COMMENT, row, at);
      case 4 -> addForum(row, at);
      case 5 -> addMember(row, at);
      case 6 -> addPost(row, at);
      case 7 -> addComment(row, at);
      case 8 -> addFriends(row, at);
      default -> throw new IllegalStateException("unknown operation " + row[2]);
    }
  }

  private void addPerson(String[] row, long at) {
    long id = number(row, 0);
    ObjectNode person = network.add(Kind.PERSON, id);
    Column.putAll(Column.PERSON, row, FIELDS, person);
    person.put("cityId", number(row, 8));
    Column.LANGUAGES.put(row[FIELDS + 9], person);
    Column.EMAILS.put(row[FIELDS + 10], person);
    Column.INTERESTS.put(row[FIELDS + 11], person);
    person.putArray("studyAt");
    person.putArray("workAt");
    person.putArray("friends");
    for (String[] pair : pairs(row[FIELDS + 12])) {
      Relations.study(network, id, pair[0], pair[1]);
    }
    for (String[] pair : pairs(row[FIELDS + 13])) {
      Relations.work(network, id, pair[0], pair[1]);
    }
    publish(Kind.PERSON, id, at);
  }

  private void addForum(String[] row, long at) {
    long id = number(row, 0);
    ObjectNode forum = network.add(Kind.FORUM, id);
    Column.putAll(Column.FORUM, row, FIELDS, forum);
    forum.put("moderatorId", number(row, 3));
    Column.TAGS.put(row[FIELDS + 4], forum);
    forum.putArray("members");
    publish(Kind.FORUM, id, at);
  }

  private void addPost(String[] row, long at) {
    long id = number(row, 0);
    ObjectNode post = network.add(Kind.POST, id);
    Column.putAll(Column.POST, row, FIELDS, post);
    post.put("creatorId", number(row, 8));
    post.put("forumId", number(row, 9));
    post.put("placeId", number(row, 10));
    Column.TAGS.put(row[FIELDS + 11], post);
    post.putArray("likes");
    publish(Kind.POST, id, at);
  }

  private void addComment(String[] row, long at) {
    long id = number(row, 0);
    ObjectNode comment = network.add(Kind.COMMENT, id);
    Column.putAll(Column.COMMENT, row, FIELDS, comment);
    comment.put("creatorId", number(row, 6));
    comment.put("placeId", number(row, 7));
    putUnlessNone(comment, "replyOfPostId", number(row, 8));
    putUnlessNone(comment, "replyOfCommentId", number(row, 9));
    Column.TAGS.put(row[FIELDS + 10], comment);
    comment.putArray("likes");
    publish(Kind.COMMENT, id, at);
  }

  private void like(Kind kind, String[] row, long at) {
    Relations.like(network, kind, number(row, 1), number(row, 0), number(row, 2));
    publish(kind, number(row, 1), at);
  }

  private void addMember(String[] row, long at) {
    Relations.member(network, number(row, 0), number(row, 1), number(row, 2));
    publish(Kind.FORUM, number(row, 0), at);
  }

  private void addFriends(String[] row, long at) {
    Relations.friends(network, number(row, 0), number(row, 1), number(row, 2));
    publish(Kind.PERSON, number(row, 0), at);
    publish(Kind.PERSON, number(row, 1), at);
  }

  private void publish(Kind kind, long id, long at) {
    sink.accept(network.event(kind, id, at));
  }

  private static long number(String[] row, int field) {
    return Long.parseLong(row[FIELDS + field]);
  }

  private static void putUnlessNone(ObjectNode document, String field, long id) {
    if (id != -1) {
      document.put(field, id);
    }
  }

  /** Reads {@code a,b;c,d}. */
  private static List<String[]> pairs(String cell) {
    List<String[]> pairs = new ArrayList<>();
    for (String part : Table.split(cell, ';')) {
      if (!part.isEmpty()) {
        pairs.add(Table.split(part, ','));
      }
    }
    return pairs;
  }
}

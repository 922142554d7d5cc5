package dev.weir.examples.social;

import static dev.weir.examples.social.Kind.COMMENT;
import static dev.weir.examples.social.Kind.FORUM;
import static dev.weir.examples.social.Kind.ORGANISATION;
import static dev.weir.examples.social.Kind.PERSON;
import static dev.weir.examples.social.Kind.PLACE;
import static dev.weir.examples.social.Kind.POST;
import static dev.weir.examples.social.Kind.TAG;
import static dev.weir.examples.social.Kind.TAGCLASS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Turns the rows of the snapshot into documents and its relations into fields of them: a relation
 * to one becomes an id, a relation to many a list, a relation with a date or year a list of
 * objects.
 */
final class InitialState {

  private final Network network = new Network();

  private InitialState() {}

  static Network read() {
    InitialState state = new InitialState();
    state.readStatic();
    state.readPersons();
    state.readForums();
    state.readPosts();
    state.readComments();
    return state.network;
  }

  private void readStatic() {
    documents(TAGCLASS, "static/tagclass_0_0", Column.TAG);
    one(TAGCLASS, "static/tagclass_isSubclassOf_tagclass_0_0", "subclassOfId");
    documents(TAG, "static/tag_0_0", Column.TAG);
    one(TAG, "static/tag_hasType_tagclass_0_0", "typeId");
    documents(PLACE, "static/place_0_0", Column.PLACE);
    one(PLACE, "static/place_isPartOf_place_0_0", "partOfId");
    documents(ORGANISATION, "static/organisation_0_0", Column.ORGANISATION);
    one(ORGANISATION, "static/organisation_isLocatedIn_place_0_0", "placeId");
  }

  private void readPersons() {
    for (String[] row : Table.rows("dynamic/person_0_0")) {
      ObjectNode person = network.add(PERSON, Long.parseLong(row[0]));
      Column.putAll(Column.PERSON, row, 0, person);
      Column.LANGUAGES.put(row[8], person);
      Column.EMAILS.put(row[9], person);
      lists(person, "interests", "studyAt", "workAt", "friends");
    }
    one(PERSON, "dynamic/person_isLocatedIn_place_0_0", "cityId");
    many(PERSON, "dynamic/person_hasInterest_tag_0_0", "interests");
    relation(
        "dynamic/person_studyAt_organisation_0_0",
        (from, row) -> Relations.study(network, from, row[1], row[2]));
    relation(
        "dynamic/person_workAt_organisation_0_0",
        (from, row) -> Relations.work(network, from, row[1], row[2]));
    relation(
        "dynamic/person_knows_person_0_0",
        (from, row) ->
            Relations.friends(network, from, Long.parseLong(row[1]), Long.parseLong(row[2])));
  }

  private void readForums() {
    documents(FORUM, "dynamic/forum_0_0", Column.FORUM, "tags", "members");
    one(FORUM, "dynamic/forum_hasModerator_person_0_0", "moderatorId");
    many(FORUM, "dynamic/forum_hasTag_tag_0_0", "tags");
    relation(
        "dynamic/forum_hasMember_person_0_0",
        (from, row) ->
            Relations.member(network, from, Long.parseLong(row[1]), Long.parseLong(row[2])));
  }

  private void readPosts() {
    documents(POST, "dynamic/post_0_0", Column.POST, "tags", "likes");
    one(POST, "dynamic/post_hasCreator_person_0_0", "creatorId");
    one(POST, "dynamic/post_isLocatedIn_place_0_0", "placeId");
    many(POST, "dynamic/post_hasTag_tag_0_0", "tags");
    relation(
        "dynamic/forum_containerOf_post_0_0",
        (from, row) -> network.get(POST, Long.parseLong(row[1])).put("forumId", from));
    likes("dynamic/person_likes_post_0_0", POST);
  }

  private void readComments() {
    documents(COMMENT, "dynamic/comment_0_0", Column.COMMENT, "tags", "likes");
    one(COMMENT, "dynamic/comment_hasCreator_person_0_0", "creatorId");
    one(COMMENT, "dynamic/comment_isLocatedIn_place_0_0", "placeId");
    one(COMMENT, "dynamic/comment_replyOf_post_0_0", "replyOfPostId");
    one(COMMENT, "dynamic/comment_replyOf_comment_0_0", "replyOfCommentId");
    many(COMMENT, "dynamic/comment_hasTag_tag_0_0", "tags");
    likes("dynamic/person_likes_comment_0_0", COMMENT);
  }

  private void documents(Kind kind, String file, List<Column> columns, String... emptyLists) {
    for (String[] row : Table.rows(file)) {
      ObjectNode document = network.add(kind, Long.parseLong(row[0]));
      Column.putAll(columns, row, 0, document);
      lists(document, emptyLists);
    }
  }

  private static void lists(ObjectNode document, String... fields) {
    for (String field : fields) {
      document.putArray(field);
    }
  }

  private void one(Kind kind, String file, String field) {
    relation(file, (from, row) -> network.get(kind, from).put(field, Long.parseLong(row[1])));
  }

  private void many(Kind kind, String file, String field) {
    relation(
        file,
        (from, row) -> Network.list(network.get(kind, from), field).add(Long.parseLong(row[1])));
  }

  private void likes(String file, Kind kind) {
    relation(
        file,
        (person, row) ->
            Relations.like(network, kind, Long.parseLong(row[1]), person, Long.parseLong(row[2])));
  }

  private static void relation(String file, BiConsumer<Long, String[]> each) {
    for (String[] row : Table.rows(file)) {
      each.accept(Long.parseLong(row[0]), row);
    }
  }
}

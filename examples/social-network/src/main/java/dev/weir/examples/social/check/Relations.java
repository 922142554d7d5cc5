package dev.weir.examples.social.check;

import java.util.List;

/** The columns of the files whose values are checked. */
final class Relations {

  static final List<Relation> ALL =
      List.of(
          Relation.of("tagclass.name", "static/tagclass_0_0", 0, 1),
          Relation.of("tagclass.subclassOfId", "static/tagclass_isSubclassOf_tagclass_0_0", 0, 1),
          Relation.of("tag.name", "static/tag_0_0", 0, 1),
          Relation.of("tag.typeId", "static/tag_hasType_tagclass_0_0", 0, 1),
          Relation.of("place.name", "static/place_0_0", 0, 1),
          Relation.of("place.type", "static/place_0_0", 0, 3),
          Relation.of("place.partOfId", "static/place_isPartOf_place_0_0", 0, 1),
          Relation.of("organisation.url", "static/organisation_0_0", 0, 3),
          Relation.of("organisation.placeId", "static/organisation_isLocatedIn_place_0_0", 0, 1),
          Relation.of("person.lastName", "dynamic/person_0_0", 0, 2, 1, 3, 5),
          Relation.of("person.birthday", "dynamic/person_0_0", 0, 4, 1, 3, 7),
          Relation.of("person.cityId", "dynamic/person_isLocatedIn_place_0_0", 0, 1, 1, 3, 11),
          Relation.of("person.interests[]", "dynamic/person_hasInterest_tag_0_0", 0, 1, 1, 3, 14),
          Relation.of(
              "person.studyAt[].organisationId",
              "dynamic/person_studyAt_organisation_0_0",
              0,
              1,
              1,
              3,
              15),
          Relation.of(
              "person.workAt[].organisationId",
              "dynamic/person_workAt_organisation_0_0",
              0,
              1,
              1,
              3,
              16),
          Relation.of("forum.title", "dynamic/forum_0_0", 0, 1, 4, 3, 4),
          Relation.of("forum.moderatorId", "dynamic/forum_hasModerator_person_0_0", 0, 1, 4, 3, 6),
          Relation.of("forum.tags[]", "dynamic/forum_hasTag_tag_0_0", 0, 1, 4, 3, 7),
          Relation.of(
              "forum.members[].personId", "dynamic/forum_hasMember_person_0_0", 0, 1, 5, 3, 4),
          Relation.of("post.content", "dynamic/post_0_0", 0, 6, 6, 3, 9),
          Relation.of("post.creatorId", "dynamic/post_hasCreator_person_0_0", 0, 1, 6, 3, 11),
          Relation.of("post.forumId", "dynamic/forum_containerOf_post_0_0", 1, 0, 6, 3, 12),
          Relation.of("post.tags[]", "dynamic/post_hasTag_tag_0_0", 0, 1, 6, 3, 14),
          Relation.of("post.likes[].personId", "dynamic/person_likes_post_0_0", 1, 0, 2, 4, 3),
          Relation.of("comment.content", "dynamic/comment_0_0", 0, 4, 7, 3, 7),
          Relation.of("comment.creatorId", "dynamic/comment_hasCreator_person_0_0", 0, 1, 7, 3, 9),
          Relation.of("comment.placeId", "dynamic/comment_isLocatedIn_place_0_0", 0, 1, 7, 3, 10),
          Relation.of("comment.replyOfPostId", "dynamic/comment_replyOf_post_0_0", 0, 1, 7, 3, 11),
          Relation.of(
              "comment.replyOfCommentId", "dynamic/comment_replyOf_comment_0_0", 0, 1, 7, 3, 12),
          Relation.of("comment.tags[]", "dynamic/comment_hasTag_tag_0_0", 0, 1, 7, 3, 13),
          Relation.of(
              "comment.likes[].personId", "dynamic/person_likes_comment_0_0", 1, 0, 3, 4, 3));

  private Relations() {}
}

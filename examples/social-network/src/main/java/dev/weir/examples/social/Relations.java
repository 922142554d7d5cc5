package dev.weir.examples.social;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How relations with a date or a year are kept: as entries of lists in the documents they touch.
 */
final class Relations {

  private Relations() {}

  /** A friendship stands at both ends. */
  static void friends(Network network, long one, long other, long since) {
    addFriend(network.get(Kind.PERSON, one), other, since);
    addFriend(network.get(Kind.PERSON, other), one, since);
  }

  private static void addFriend(ObjectNode person, long friend, long since) {
    Network.list(person, "friends").addObject().put("personId", friend).put("since", since);
  }

  /** A membership stands at the forum. */
  static void member(Network network, long forum, long person, long since) {
    Network.list(network.get(Kind.FORUM, forum), "members")
        .addObject()
        .put("personId", person)
        .put("since", since);
  }

  /** A like stands at the post or comment. */
  static void like(Network network, Kind kind, long message, long person, long at) {
    Network.list(network.get(kind, message), "likes")
        .addObject()
        .put("personId", person)
        .put("at", at);
  }

  /** Studies stand at the person. */
  static void study(Network network, long person, String organisation, String classYear) {
    Network.list(network.get(Kind.PERSON, person), "studyAt")
        .addObject()
        .put("organisationId", Long.parseLong(organisation))
        .put("classYear", Integer.parseInt(classYear));
  }

  /** Work stands at the person. */
  static void work(Network network, long person, String organisation, String from) {
    Network.list(network.get(Kind.PERSON, person), "workAt")
        .addObject()
        .put("organisationId", Long.parseLong(organisation))
        .put("workFrom", Integer.parseInt(from));
  }
}

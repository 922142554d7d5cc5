package dev.weir.examples.social;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The social network as events, always the same ones in the same order: first every document of the
 * snapshot, then, for each update, the documents it touches in their new state.
 */
public final class SocialNetwork {

  private SocialNetwork() {}

  /** Events of the snapshot: one for each document. */
  public static final int SNAPSHOT_EVENTS = 34_735;

  /** Events of the update stream: one for each update, two for a friendship. */
  public static final int UPDATE_EVENTS = 7_109;

  /** Gives all events to the sink, on the calling thread. */
  public static void replay(Consumer<SocialEvent> sink) {
    Network network = InitialState.read();
    for (Kind kind : Kind.values()) {
      for (Map.Entry<Long, ObjectNode> entry : network.all(kind).entrySet()) {
        JsonNode created = entry.getValue().path("creationDate");
        sink.accept(network.event(kind, entry.getKey(), created.asLong(0)));
      }
    }
    UpdateStream updates = new UpdateStream(network, sink);
    for (String[] row : UpdateStream.rows()) {
      updates.play(row);
    }
  }
}

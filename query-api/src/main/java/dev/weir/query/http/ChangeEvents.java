package dev.weir.query.http;

import dev.weir.query.Flow;
import dev.weir.query.changes.Event;
import dev.weir.query.changes.Place;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Subscription;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.Document;
import dev.weir.store.KeyCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as server-sent events (WHATWG HTML, section 9.2). The id of an event is the place
 * behind it, so that a browser's {@code EventSource} goes on there by itself.
 */
final class ChangeEvents implements Flow {
  static final String TYPE = "text/event-stream";

  private static final byte[] BEAT = Items.ascii(":\n\n");

  private final Subscription subscription;
  private final PlaceTokens tokens;
  private final Items items;
  private final KeyCodec keys;
  private final String path;
  private String lastId = "";
  private boolean over;

  /**
   * The events of a subscription.
   *
   * @param path of the request, for the problem that may end it
   */
  ChangeEvents(Subscription subscription, PlaceTokens tokens, String path) {
    this.subscription = subscription;
    this.tokens = tokens;
    this.items = new Items(subscription.wish().collection());
    this.keys = KeyCodec.of(subscription.wish().collection().keyType());
    this.path = path;
  }

  @Override
  public byte @Nullable [] next() {
    Event event = subscription.next();
    return event == null ? null : bytes(event);
  }

  private byte[] bytes(Event event) {
    if (event instanceof Event.Row row) {
      return event("row", item(row.document()), false);
    } else if (event instanceof Event.Complete) {
      return event("complete", Items.ascii("{}"), true);
    } else if (event instanceof Event.Changed changed) {
      Change change = changed.change();
      byte[] value = change.value();
      return value == null
          ? event("remove", removal(change), true)
          : event(
              "put",
              item(new Document(change.key(), value, change.version(), change.timestamp())),
              true);
    } else if (event instanceof Event.Gone gone) {
      return event("remove", removal(gone.change()), true);
    }
    over = true;
    Problem problem = ChangesRoute.problem(((Event.Ended) event).why(), subscription.wish());
    Map<String, Object> document = problem.document();
    document.put("instance", path);
    return event("end", Json.bytes(document), false);
  }

  private byte[] item(Document document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(document.value().length + 100);
    try {
      items.item(document, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  private byte[] removal(Change change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", keys.toJson(change.key()));
    json.put("version", change.version().text());
    json.put("timestamp", change.timestamp());
    return Json.bytes(json);
  }

  private byte[] event(String name, byte[] data, boolean withId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 200);
    out.writeBytes(Items.ascii("event: " + name + "\n"));
    if (withId) {
      out.writeBytes(id());
    }
    out.writeBytes(Items.ascii("data: "));
    // A line break within JSON is white space, but would end the field.
    for (byte each : data) {
      if (each == '\n' || each == '\r') {
        out.write(' ');
      } else {
        out.write(each);
      }
    }
    out.writeBytes(Items.ascii("\n\n"));
    return out.toByteArray();
  }

  private byte[] id() {
    Place place = subscription.place();
    if (place == null) {
      return new byte[0];
    }
    lastId = tokens.issue(subscription.wish(), place);
    return ("id: " + lastId + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean isOver() {
    return over;
  }

  /** Carries the newest place, so that whoever comes back after a quiet day is not too late. */
  @Override
  public byte[] beat() {
    String before = lastId;
    byte[] id = id();
    if (id.length == 0 || lastId.equals(before)) {
      return BEAT;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(id.length + 1);
    out.writeBytes(id);
    out.write('\n');
    return out.toByteArray();
  }

  @Override
  public void whenReady(Runnable action) {
    subscription.whenReady(action);
  }

  @Override
  public void close() {
    subscription.close();
  }
}

package dev.weir.query.graphql.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.GraphQlRequest;
import dev.weir.query.graphql.execution.Results;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the sub-protocol graphql-transport-ws. Operations take turns: each gives one
 * result, then the next one does.
 */
final class TransportConversation implements GraphQlEndpoint.Conversation {
  /** Operations of one client at a time. */
  private static final int MOST_OPERATIONS = 100;

  /** Answers that may wait to be taken before the client is not heard any more. */
  private static final int MOST_REPLIES = 32;

  private static final String REPLY = "{\"type\":\"%s\"}";

  private final GraphQlEndpoint.Line line;
  private final RequestReader reader;
  private final Function<GraphQlRequest, CompletableFuture<Results>> begin;
  private final Map<String, Running> operations = new HashMap<>(4); // under "this", as all below
  private final Deque<Running> ready = new ArrayDeque<>(1);
  private final Deque<String> replies = new ArrayDeque<>(1);
  private boolean introduced;
  private boolean finishing;
  private boolean over;

  /** An operation, whose results are there once it has begun. */
  private static final class Running {
    final String id;
    @Nullable Results results; // under the conversation's lock

    Running(String id) {
      this.id = id;
    }
  }

  /**
   * A conversation with somebody who has not said anything yet.
   *
   * @param begin with an operation; never completes exceptionally
   */
  TransportConversation(
      GraphQlEndpoint.Line line,
      RequestReader reader,
      Function<GraphQlRequest, CompletableFuture<Results>> begin) {
    this.line = line;
    this.reader = reader;
    this.begin = begin;
  }

  @Override
  public void hear(String text) {
    TransportMessage message = TransportMessage.read(text, reader);
    if (message instanceof TransportMessage.Invalid invalid) {
      line.close(TransportCodes.BAD_REQUEST, invalid.why());
    } else if (message instanceof TransportMessage.Init) {
      introduce();
    } else if (message instanceof TransportMessage.Ping ping) {
      JsonNode payload = ping.payload();
      reply(
          payload == null
              ? REPLY.formatted("pong")
              : "{\"type\":\"pong\",\"payload\":" + payload + "}");
    } else if (message instanceof TransportMessage.Subscribe subscribe) {
      subscribe(subscribe);
    } else if (message instanceof TransportMessage.Complete complete) {
      end(complete.id());
    }
  }

  private void introduce() {
    boolean again;
    synchronized (this) {
      again = introduced;
      introduced = true;
    }
    if (again) {
      line.close(TransportCodes.TOO_MANY_INITIALISATIONS, "Too many initialisation requests");
    } else {
      reply(REPLY.formatted("connection_ack"));
    }
  }

  @Override
  public void introductionIsDue() {
    boolean late;
    synchronized (this) {
      late = !introduced;
    }
    if (late) {
      line.close(TransportCodes.INITIALISATION_TIMEOUT, "Connection initialisation timeout");
    }
  }

  private void subscribe(TransportMessage.Subscribe message) {
    Running running = new Running(message.id());
    boolean stranger;
    boolean twice;
    int beside;
    boolean late;
    synchronized (this) {
      stranger = !introduced;
      twice = operations.containsKey(message.id());
      beside = operations.size();
      late = finishing;
      if (!stranger && !twice && !late && beside < MOST_OPERATIONS) {
        operations.put(message.id(), running);
      }
    }
    if (stranger) {
      line.close(TransportCodes.UNAUTHORIZED, "Unauthorized");
    } else if (twice) {
      line.close(
          TransportCodes.SUBSCRIBER_EXISTS, "Subscriber for " + message.id() + " already exists");
    } else if (late) {
      refuse(running, TransportErrors.closing());
    } else if (beside >= MOST_OPERATIONS) {
      refuse(running, TransportErrors.tooMany(MOST_OPERATIONS));
    } else {
      begin(running, message.payload());
    }
  }

  private void begin(Running running, JsonNode payload) {
    GraphQlRequest request;
    try {
      request = reader.payload(payload);
    } catch (HttpFault fault) {
      if (fault.code() == ErrorCode.BAD_REQUEST) {
        line.close(TransportCodes.BAD_REQUEST, fault.text());
      } else {
        refuse(running, TransportErrors.of(fault));
      }
      return;
    }
    line.admit(
        () -> begin.apply(request).thenAccept(results -> begun(running, results)),
        () -> refuse(running, TransportErrors.overloaded()));
  }

  /** Refuses an operation, which need not have got among the others. */
  private void refuse(Running running, Results.Result why) {
    synchronized (this) {
      operations.remove(running.id, running);
    }
    reply(message(running.id, why));
  }

  private void begun(Running running, Results results) {
    boolean wanted;
    synchronized (this) {
      wanted = !over && operations.get(running.id) == running;
      if (wanted) {
        running.results = results;
      }
    }
    if (wanted) {
      results.whenReady(() -> ready(running));
    } else {
      results.close();
    }
  }

  private void ready(Running running) {
    synchronized (this) {
      ready.add(running);
    }
    line.wake();
  }

  private void end(String id) {
    Results results;
    synchronized (this) {
      Running running = operations.remove(id);
      results = running == null ? null : running.results;
    }
    if (results != null) {
      results.close();
    }
  }

  private void reply(String message) {
    synchronized (this) {
      replies.add(message);
    }
    line.wake();
  }

  @Override
  public synchronized boolean listens() {
    return replies.size() < MOST_REPLIES;
  }

  @Override
  public @Nullable String next() {
    while (true) {
      Running running;
      Results results;
      synchronized (this) {
        String reply = replies.poll();
        if (reply != null) {
          return reply;
        }
        running = ready.poll();
        if (running == null) {
          return null;
        }
        results = operations.get(running.id) == running ? running.results : null;
      }
      String message = results == null ? null : next(running, results);
      if (message != null) {
        return message;
      }
    }
  }

  private @Nullable String next(Running running, Results results) {
    Results.Result result = results.next();
    if (result == null && !results.isOver()) {
      results.whenReady(() -> ready(running));
      return null;
    }
    if (result == null) {
      end(running.id);
      return "{\"id\":" + TextNode.valueOf(running.id) + ",\"type\":\"complete\"}";
    }
    if (result.isRefusal()) {
      end(running.id);
    } else {
      synchronized (this) {
        ready.add(running);
      }
    }
    return message(running.id, result);
  }

  private static String message(String id, Results.Result result) {
    return "{\"id\":"
        + TextNode.valueOf(id)
        + ",\"type\":\""
        + (result.isRefusal() ? "error" : "next")
        + "\",\"payload\":"
        + new String(result.json(), StandardCharsets.UTF_8)
        + "}";
  }

  @Override
  public synchronized boolean finish() {
    finishing = true;
    return operations.isEmpty() && replies.isEmpty();
  }

  @Override
  public void close() {
    List<Running> all;
    synchronized (this) {
      over = true;
      all = List.copyOf(operations.values());
      operations.clear();
      ready.clear();
      replies.clear();
    }
    for (Running each : all) {
      Results results = each.results;
      if (results != null) {
        results.close();
      }
    }
  }
}

package dev.weir.query;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GraphQL over HTTP without the server under it: what {@code /graphql} is asked and answers. Safe
 * from any thread.
 */
public interface GraphQlEndpoint {

  /** The sub-protocol of conversations. */
  String SUB_PROTOCOL = "graphql-transport-ws";

  /**
   * Answers a request, bad ones too; content negotiation and the choice of the status are done
   * here.
   *
   * @return never completes exceptionally
   */
  CompletableFuture<Response> handle(Request request);

  /**
   * Whether a client wants its results as events rather than as one document.
   *
   * @param accept header {@code Accept} as sent; null = none
   */
  default boolean wantsEvents(@Nullable String accept) {
    return false;
  }

  /**
   * Answers a request as server-sent events: the protocol {@code graphql-sse}, distinct connections
   * mode.
   *
   * @return never completes exceptionally
   */
  default CompletableFuture<Streamed> stream(Request request) {
    return handle(request).thenApply(Streamed.Refused::new);
  }

  /** Whether there are conversations here; if not, a request for one is answered like any other. */
  default boolean converses() {
    return false;
  }

  /**
   * Begins a conversation in the sub-protocol {@link #SUB_PROTOCOL}, where there are any.
   *
   * @param line leads to the client
   */
  default Conversation converse(Line line) {
    throw new UnsupportedOperationException("nobody converses here");
  }

  /**
   * Answers a request that asks for no more than a document by its key, as {@link #handle} would;
   * never blocks.
   *
   * @return empty = it asks for more, or is the first of its kind: {@link #handle} takes it
   */
  default Optional<CompletableFuture<Response>> atOnce(Request request) {
    return Optional.empty();
  }

  /** The schema in the schema definition language, as it is now; empty if it is not to be told. */
  String schema();

  /**
   * A request to {@code /graphql}; no other methods than these two reach it.
   *
   * @param method {@code GET} or {@code POST}
   * @param rawQuery the URL's query as sent, still percent-encoded, without the question mark; null
   *     = none
   * @param contentType header {@code Content-Type} as sent; null = none
   * @param accept header {@code Accept} as sent; null = none
   * @param body empty for {@code GET}; already within the server's limit for bodies
   */
  record Request(
      String method,
      @Nullable String rawQuery,
      @Nullable String contentType,
      @Nullable String accept,
      byte[] body) {}

  /**
   * What the client gets.
   *
   * @param status HTTP status
   * @param contentType media type of the body
   * @param headers further headers, such as {@code Allow}
   * @param body the answer's bytes; shared, do not modify
   */
  record Response(int status, String contentType, Map<String, String> headers, byte[] body) {
    public Response {
      headers = Map.copyOf(headers);
    }
  }

  /** What a request for events is answered with. */
  sealed interface Streamed {

    /** Events, of media type {@code text/event-stream}. */
    record Events(Flow flow) implements Streamed {}

    /** No events: the request is not one of GraphQL. */
    record Refused(Response response) implements Streamed {}
  }

  /** One client's side of a socket, as the conversation sees it. Safe from any thread. */
  interface Line {

    /** There may be something to take with {@link Conversation#next}; quick. */
    void wake();

    /**
     * Closes the socket at once; what was not taken yet is not sent.
     *
     * @param code of the protocol
     * @param reason for people
     */
    void close(int code, String reason);

    /**
     * Has something done when there is room for it beside other requests.
     *
     * @param work on a thread that may block; it is over when what it gives is complete
     * @param refused is called instead if there is no room; quick
     */
    void admit(Supplier<CompletableFuture<?>> work, Runnable refused);
  }

  /**
   * A conversation with one client. Messages come from one thread at a time and are taken by one at
   * a time; otherwise safe from any thread.
   */
  interface Conversation extends AutoCloseable {

    /** What the client said, whatever it is. */
    void hear(String message);

    /** Whether more should be heard now: not while answers wait to be taken. */
    boolean listens();

    /** The next message to the client; null = there is none now. */
    @Nullable String next();

    /** The time within which a client has to introduce itself is over. */
    void introductionIsDue();

    /**
     * The node is closing: nothing new is begun.
     *
     * @return whether nothing is being done for the client any more
     */
    boolean finish();

    /** The client is gone; called once. */
    @Override
    void close();
  }
}

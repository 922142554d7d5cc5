package dev.weir.query.http;

import java.util.Locale;

/**
 * The catalogue of problems (RFC 9457), grouped by who can mend them. Type, title and status of a
 * problem never change; {@code docs/problems.md} lists them.
 */
enum ProblemType {
  MALFORMED_REQUEST(
      Blame.CALLER,
      400,
      "The request is not well formed",
      "Send HTTP/1.1 with a percent-encoded UTF-8 URL."),
  UNKNOWN_PARAMETER(
      Blame.CALLER,
      400,
      "There is no such query parameter",
      "Remove the parameter, or use one of those listed under `allowed`."),
  INVALID_PARAMETER(
      Blame.CALLER,
      400,
      "A query parameter has no valid value",
      "Correct the parameter named under `parameter`."),
  INVALID_CURSOR(
      Blame.CALLER,
      400,
      "The cursor does not belong to this scan",
      "Use a cursor of this collection as it was given, or start without one."),
  INVALID_CONSISTENCY(
      Blame.CALLER,
      400,
      "The consistency level is not valid, or contradicts something else",
      "Ask for one level, in one of the ways the detail names."),
  INVALID_POSITION(
      Blame.CALLER,
      400,
      "The position is not one that was given out",
      "Send a position as it came in the header Weir-Position, or none."),
  INVALID_KEY(
      Blame.CALLER,
      400,
      "The key is not of the collection's key type",
      "Write the key in the textual form of the type under `keyType`."),
  INVALID_VALUE(
      Blame.CALLER,
      400,
      "The body is not a value of the collection's format",
      "Send a value of the format under `format`."),
  INVALID_BODY(
      Blame.CALLER,
      400,
      "The body is not what the operation expects",
      "Compare the body with the operation's schema in /openapi.json."),
  INVALID_PATCH(
      Blame.CALLER,
      400,
      "The body is not a merge patch",
      "Send a JSON object; to replace the whole document, put it."),
  INVALID_CONDITION(
      Blame.CALLER,
      400,
      "The condition cannot be read",
      "Send either If-Match or If-None-Match, with * or with ETags as they were given."),
  INVALID_IDEMPOTENCY_KEY(
      Blame.CALLER,
      400,
      "The idempotency key cannot be used",
      "Send 1 to 255 visible ASCII characters, such as a random UUID."),
  INVALID_HEADER(
      Blame.CALLER,
      400,
      "A header field has no valid value",
      "Correct the header field named under `header`."),
  INVALID_TRAVERSAL(
      Blame.CALLER,
      400,
      "The traversal cannot be walked as it is asked for",
      "Correct what is listed under `faults`."),
  INVALID_EXPRESSION(
      Blame.CALLER,
      400,
      "The expression cannot be read",
      "Correct the parameter under `parameter` at the character under `position`."),
  INVALID_FIELD(
      Blame.CALLER,
      400,
      "By the collection's schema no document can match",
      "Correct the fields listed under `faults`."),
  FOREIGN_ORIGIN(
      Blame.CALLER,
      403,
      "A page of another origin may not do this",
      "Open the socket from a page that this server's address has served, or from no page."),
  UNKNOWN_PATH(
      Blame.CALLER, 404, "There is nothing at this path", "See /openapi.json for all operations."),
  UNKNOWN_COLLECTION(
      Blame.CALLER,
      404,
      "There is no such collection",
      "Check the name against GET /v1/collections; a new collection takes a moment to show."),
  UNKNOWN_INDEX(
      Blame.CALLER,
      404,
      "There is no such index",
      "Check the name against the definitions; a new index takes a moment until it is built."),
  UNKNOWN_JOB(
      Blame.CALLER,
      404,
      "There is no such job",
      "Check the id against GET /v1/jobs, which lists those of the last day."),
  UNKNOWN_SOURCE(
      Blame.CALLER,
      404,
      "There is no such source",
      "Check the name against GET /v1/definitions; a new source takes a moment to show."),
  UNKNOWN_AUDIT(
      Blame.CALLER,
      404,
      "There is no such audit",
      "Check the id against GET /v1/audits of the node that made it; it keeps the newest."),
  UNKNOWN_DEAD_LETTER(
      Blame.CALLER,
      404,
      "There is no such dead letter",
      "Check the id against GET /v1/dead-letters."),
  DOCUMENT_NOT_FOUND(
      Blame.CALLER,
      404,
      "There is no document under this key",
      "Check the key, or put a document there."),
  VERTEX_NOT_FOUND(
      Blame.CALLER,
      404,
      "There is no vertex under this key",
      "Check collection and key under `vertex`, or put a document there."),
  METHOD_NOT_ALLOWED(
      Blame.CALLER,
      405,
      "The path does not know this method",
      "Use one of the methods in the header Allow."),
  NOT_ACCEPTABLE(
      Blame.CALLER,
      406,
      "No media type that the caller accepts is offered",
      "Accept one of the media types under `offered`."),
  REQUEST_TIMEOUT(
      Blame.CALLER, 408, "The request came too slowly", "Send the request again, faster."),
  WRITER_IS_SOURCE(
      Blame.CALLER,
      409,
      "The collection takes its documents from a source only",
      "Write to the source topic, or to a collection with `writer: api`."),
  DEAD_LETTER_REPLAYED(
      Blame.CALLER,
      409,
      "The dead letter was sent again before",
      "Set `again` in the body if it is to be sent once more."),
  AUDIT_RUNNING(
      Blame.CALLER,
      409,
      "The node is making another audit",
      "Wait for the end of the audit under `audit`, cancel it, or ask another node."),
  FOREIGN_POSITION(
      Blame.CALLER,
      409,
      "The position is not of this log",
      "Forget the position and begin anew without it."),
  PRECONDITION_FAILED(
      Blame.CALLER,
      412,
      "The document is not as the condition asks",
      "Read the document, decide anew, and write with its ETag; nothing was changed."),
  BODY_TOO_LARGE(
      Blame.CALLER, 413, "The body is too large", "Send at most the bytes under `limit`."),
  URI_TOO_LONG(
      Blame.CALLER,
      414,
      "The URL is too long",
      "Send at most the bytes under `limit`; batch-get takes long keys in its body."),
  UNSUPPORTED_MEDIA_TYPE(
      Blame.CALLER,
      415,
      "The body's media type is not supported here",
      "Set the header Content-Type to the media type under `expected`."),
  INVALID_DOCUMENT(
      Blame.CALLER,
      422,
      "The document does not satisfy the collection's schema",
      "Correct what is listed under `faults`."),
  NOT_PATCHABLE(
      Blame.CALLER, 422, "Only JSON documents can be patched", "Put the whole document instead."),
  BATCH_ACROSS_SHARDS(
      Blame.CALLER,
      422,
      "The keys of the batch are in more than one shard",
      "Send one batch for each entry of `shards`, or use equal keys for what belongs together."),
  IDEMPOTENCY_KEY_REUSED(
      Blame.CALLER,
      422,
      "The idempotency key belongs to another request",
      "Choose a new key for each request; send a request again only unchanged."),
  INVALID_DEFINITION(
      Blame.CALLER,
      422,
      "The definitions contradict themselves or what exists",
      "Correct the changes as the detail says; nothing was changed."),
  INVALID_JOB(
      Blame.CALLER,
      422,
      "The job cannot be run on this graph",
      "Correct the job as the detail says; nothing was started."),
  DEAD_LETTER_INCOMPLETE(
      Blame.CALLER,
      422,
      "A part of the dead letter was too large to be kept",
      "Give the part under `part` in the body."),
  NO_WEIGHT(
      Blame.CALLER,
      422,
      "An edge has no weight that a path could be measured with",
      "Mend the edge under `key`, or leave such edges out with `where`."),
  UNBOUNDED_SORT(
      Blame.CALLER,
      422,
      "More would have to be sorted than a question may read",
      "Ask for less, or define the index under `advice`."),
  SCAN_REFUSED(
      Blame.CALLER,
      422,
      "All documents would have to be read, which is forbidden here",
      "Name a range of keys, or define the index under `advice`."),
  QUERY_TOO_LARGE(
      Blame.CALLER,
      422,
      "The question needs more than it may take",
      "Ask about fewer documents, or have `queries.rows` raised."),
  ANSWER_TOO_LARGE(
      Blame.CALLER,
      422,
      "The answer would be too large",
      "Ask for fewer documents at once; together they may have the bytes under `limit`."),
  HEADERS_TOO_LARGE(
      Blame.CALLER, 431, "The header fields are too large", "Send fewer or shorter header fields."),
  PRECONDITION_NOT_SUPPORTED(
      Blame.CALLER,
      501,
      "This condition is not supported",
      "Leave out the header under `header`, or use If-Match; the write was not tried."),

  CHANGES_NOT_KEPT(
      Blame.CALLER,
      409,
      "The collection does not keep its changes",
      "Declare `changes:` for the collection, with the number of log records to keep them of."),
  CHANGES_GONE(
      Blame.CALLER,
      410,
      "What came next is not kept any more",
      "Follow from the beginning, without the id of the last event."),

  OVERLOADED(
      Blame.LOAD,
      429,
      "Too much work is waiting",
      "Wait the seconds in the header Retry-After and ask again."),
  DEADLINE_EXCEEDED(
      Blame.LOAD,
      504,
      "The time that the caller gave is over",
      "Give more time in the header Weir-Timeout, or ask for less."),

  NOT_OWNER(
      Blame.CLUSTER,
      503,
      "The shard has moved",
      "Ask again: the routing table is being brought up to date."),
  REBALANCING(
      Blame.CLUSTER,
      503,
      "The shard is on its way to another node",
      "Wait the seconds in the header Retry-After and ask again."),
  NODE_UNREACHABLE(
      Blame.CLUSTER,
      503,
      "The node that owns the shard does not answer",
      "Wait for the failover and ask again; read before repeating a write."),
  LOG_UNAVAILABLE(
      Blame.CLUSTER,
      503,
      "The log did not confirm the write in time",
      "Whether the write was applied is unknown: read the document before trying again."),
  LOG_UNREACHABLE(
      Blame.CLUSTER,
      503,
      "The log cannot be reached",
      "Nothing was done: ask again later, or read at a level below `strong`."),
  BEHIND_POSITION(
      Blame.CLUSTER,
      503,
      "No replica has reached the position yet",
      "Wait the seconds in the header Retry-After and ask again."),
  TOO_STALE(
      Blame.CLUSTER,
      503,
      "No replica is as fresh as the bound asks for",
      "Ask again, or allow more."),
  NO_STANDBY(
      Blame.CLUSTER,
      503,
      "The shard has no standby",
      "Ask for ack=applied, or run the application with more replicas; nothing was written."),
  NOT_REPLICATED(
      Blame.CLUSTER,
      503,
      "The write is applied, but no standby has it yet",
      "Read the document at its position; send the write again only with its idempotency key."),
  SHUTTING_DOWN(Blame.CLUSTER, 503, "This node is shutting down", "Ask another node."),

  SHARD_STOPPED(
      Blame.OPERATOR,
      503,
      "The shard stopped itself to protect its data",
      "An operator must act on the reason in the detail."),
  INTERNAL_ERROR(
      Blame.OPERATOR,
      500,
      "The server failed",
      "Give the operator the number under `incident`; the server's log explains it.");

  /** Who can mend a problem. */
  enum Blame {
    /** The caller sent something that cannot work; the same request fails again. */
    CALLER,
    /** More is asked than can be done at once. */
    LOAD,
    /** Nodes or the broker are changing or away; the same request works later. */
    CLUSTER,
    /** A person must look at the server. */
    OPERATOR
  }

  private static final String BASE = "https://weir.dev/problems/";

  private final Blame blame;
  private final int status;
  private final String title;
  private final String action;

  ProblemType(Blame blame, int status, String title, String action) {
    this.blame = blame;
    this.status = status;
    this.title = title;
    this.action = action;
  }

  Blame blame() {
    return blame;
  }

  int status() {
    return status;
  }

  /** Constant text for people. */
  String title() {
    return title;
  }

  /** What the caller can do. */
  String action() {
    return action;
  }

  /** Last part of {@link #uri}. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The stable identity that clients compare. */
  String uri() {
    return BASE + slug();
  }
}

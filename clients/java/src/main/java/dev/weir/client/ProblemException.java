package dev.weir.client;

/** A node refused a request. */
public abstract sealed class ProblemException extends WeirClientException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private ProblemException(Problem problem) {
    super(problem.toString(), null);
    this.problem = problem;
  }

  static ProblemException of(Problem problem) {
    if (problem.kind().equals("log-unavailable") || problem.kind().equals("not-replicated")) {
      return new UnknownFate(problem);
    }
    return switch (problem.status()) {
      case 404 -> new NotFound(problem);
      case 409, 412 -> new Conflict(problem);
      case 429, 502, 503, 504 -> new Unavailable(problem);
      default -> problem.status() < 500 ? new BadRequest(problem) : new ServerFault(problem);
    };
  }

  /** What the node said. */
  public Problem problem() {
    return problem;
  }

  /** The request cannot work as it is: correct it. */
  public static final class BadRequest extends ProblemException {
    private static final long serialVersionUID = 1L;

    BadRequest(Problem problem) {
      super(problem);
    }
  }

  /** What the request names does not exist: check the name. */
  public static final class NotFound extends ProblemException {
    private static final long serialVersionUID = 1L;

    NotFound(Problem problem) {
      super(problem);
    }
  }

  /** The request contradicts what is there, such as a write to a collection fed by a source. */
  public static final class Conflict extends ProblemException {
    private static final long serialVersionUID = 1L;

    Conflict(Problem problem) {
      super(problem);
    }
  }

  /** Not now: nothing was done; ask again after a pause, here or at another node. */
  public static final class Unavailable extends ProblemException {
    private static final long serialVersionUID = 1L;

    Unavailable(Problem problem) {
      super(problem);
    }
  }

  /**
   * Whether the write was applied is unknown, or who has it: read before writing again, or send it
   * again if it has an idempotency key.
   */
  public static final class UnknownFate extends ProblemException {
    private static final long serialVersionUID = 1L;

    UnknownFate(Problem problem) {
      super(problem);
    }
  }

  /** The server failed: its operator has to look. */
  public static final class ServerFault extends ProblemException {
    private static final long serialVersionUID = 1L;

    ServerFault(Problem problem) {
      super(problem);
    }
  }
}

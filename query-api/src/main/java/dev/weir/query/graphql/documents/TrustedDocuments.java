package dev.weir.query.graphql.documents;

import dev.weir.query.graphql.DocumentName;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.store.Fault;
import graphql.GraphQLError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The documents that requests may name instead of sending them: those of files, which are trusted,
 * and, where any document may be sent, the latest that clients have asked to be remembered. Safe
 * from any thread.
 */
public final class TrustedDocuments {
  private static final int REMEMBERED = 1_000;
  private static final int REMEMBERED_CHARACTERS = 8_192;
  private static final String UNKNOWN = "PersistedQueryNotFound"; // clients know this text
  private static final String UNSUPPORTED = "PersistedQueryNotSupported"; // and this one

  private final Mode mode;
  private final Map<String, String> texts;
  private final Set<String> trusted;
  private final Map<String, String> remembered = // under "remembered"
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private TrustedDocuments(Mode mode, Map<String, String> texts) {
    this.mode = mode;
    this.texts = Map.copyOf(texts);
    this.trusted = Set.copyOf(texts.values());
  }

  /** Which documents are executed. */
  public enum Mode {
    /** Those that are sent; none can be named. */
    OFF,
    /** Those that are sent, and those that are named. */
    ALLOWED,
    /** Those of the files only, sent or named. */
    ONLY
  }

  /**
   * The documents of files.
   *
   * @param documents those without a fault
   * @param faults what is wrong, by file; empty = nothing
   */
  public record Loaded(TrustedDocuments documents, List<Fault> faults) {
    public Loaded {
      faults = List.copyOf(faults);
    }
  }

  /** No documents; requests send theirs. */
  public static TrustedDocuments none() {
    return new TrustedDocuments(Mode.OFF, Map.of());
  }

  /**
   * Reads the documents of a directory ({@code .graphql}, {@code .gql} and manifests) or of one
   * file.
   *
   * @param mode what they are for; they are not read if it is {@link Mode#OFF}
   * @param from a directory, a document, or a manifest of Relay's or Apollo's form
   */
  public static Loaded load(Mode mode, Path from) {
    if (mode == Mode.OFF) {
      return new Loaded(none(), List.of());
    }
    DocumentFiles files = new DocumentFiles();
    files.read(from);
    return new Loaded(new TrustedDocuments(mode, files.texts()), files.faults());
  }

  /** Where any document may be sent, and clients may have theirs remembered; there are no files. */
  public static TrustedDocuments allowed() {
    return new TrustedDocuments(Mode.ALLOWED, Map.of());
  }

  /** Number of names. */
  public int size() {
    return texts.size();
  }

  /** What a request means. */
  public sealed interface Resolved {
    /** The document's text. */
    record Text(String text) implements Resolved {}

    /** It may not, or cannot, be executed. */
    record Refused(GraphQLError error) implements Resolved {}
  }

  /** The document that a request sends or names. */
  public Resolved resolve(String sent, DocumentName name) {
    if (name.isNone() || (mode == Mode.OFF && !sent.isEmpty())) {
      return checked(sent);
    }
    if (name.id() != null && (!sent.isEmpty() || name.hash() != null)) {
      return refused(ErrorCode.BAD_REQUEST, "Send 'query' or 'documentId', not both.");
    }
    if (!sent.isEmpty()) {
      return sent(sent, String.valueOf(name.hash()));
    }
    if (mode == Mode.OFF) {
      return refused(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, UNSUPPORTED);
    }
    String text = text(name);
    return text.isEmpty()
        ? refused(ErrorCode.PERSISTED_QUERY_NOT_FOUND, UNKNOWN)
        : new Resolved.Text(text);
  }

  /** A document with its hash: it is to be remembered. */
  private Resolved sent(String text, String hash) {
    if (mode == Mode.ONLY) {
      return checked(text);
    }
    if (!sha256(text).equals(hash)) {
      return refused(ErrorCode.BAD_REQUEST, "'sha256Hash' is not the SHA-256 of 'query'.");
    }
    if (text.length() <= REMEMBERED_CHARACTERS) {
      synchronized (remembered) {
        remembered.put(hash, text);
      }
    }
    return new Resolved.Text(text);
  }

  private Resolved checked(String text) {
    return mode == Mode.ONLY && !trusted.contains(text)
        ? refused(
            ErrorCode.DOCUMENT_NOT_TRUSTED,
            "This node executes the documents it was configured with, and no others.")
        : new Resolved.Text(text);
  }

  /** Empty = there is none. */
  private String text(DocumentName name) {
    String hash = name.hash();
    if (hash == null) {
      return texts.getOrDefault(String.valueOf(name.id()), "");
    }
    String known = texts.getOrDefault(DocumentName.SHA256 + hash, texts.getOrDefault(hash, ""));
    if (!known.isEmpty()) {
      return known;
    }
    synchronized (remembered) {
      return remembered.getOrDefault(hash, "");
    }
  }

  private static Resolved refused(ErrorCode code, String message) {
    return new Resolved.Refused(Errors.of(code, message));
  }

  /** Of a text in UTF-8, in small hexadecimal digits. */
  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

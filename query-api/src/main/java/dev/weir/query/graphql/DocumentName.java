package dev.weir.query.graphql;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which name a request means a document that the node has, instead of its text or beside it.
 *
 * @param id {@code documentId} of GraphQL over HTTP's persisted documents; null = none
 * @param hash {@code extensions.persistedQuery.sha256Hash}, as Apollo's clients send it; null =
 *     none
 */
public record DocumentName(@Nullable String id, @Nullable String hash) {
  public static final DocumentName NONE = new DocumentName(null, null);

  /** What the identifier of a text by its SHA-256 begins with. */
  public static final String SHA256 = "sha256:";

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._~-]+:)?[A-Za-z0-9._~-]+", Pattern.DOTALL);
  private static final int LONGEST = 300;

  /** Whether a text has the form of an identifier. */
  public static boolean isId(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }

  public boolean isNone() {
    return id == null && hash == null;
  }
}

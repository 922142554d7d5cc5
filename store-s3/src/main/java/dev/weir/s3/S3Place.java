package dev.weir.s3;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where objects are: {@code s3://bucket/prefix?endpoint=https://host:port&region=name}.
 *
 * @param bucket must exist
 * @param prefix of all names, empty or ending with {@code /}
 * @param endpoint of a storage that is not AWS's own; buckets are then steps of the path
 * @param region empty = what the environment says
 */
public record S3Place(
    String bucket, String prefix, Optional<URI> endpoint, Optional<String> region) {
  private static final String FORM =
      "write s3://bucket/prefix, and for other storage than AWS's ?endpoint=https://host:port";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*/)*");

  /**
   * Reads a place.
   *
   * @throws IllegalArgumentException with what to write
   */
  public static S3Place parse(URI place) {
    String bucket = place.getAuthority();
    String path = place.getPath() == null ? "" : place.getPath();
    String prefix = path.startsWith("/") ? path.substring(1) : path;
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    if (bucket == null || !BUCKET.matcher(bucket).matches() || !PREFIX.matcher(prefix).matches()) {
      throw wrong(place);
    }
    Optional<URI> endpoint = Optional.empty();
    Optional<String> region = Optional.empty();
    String query = place.getRawQuery() == null ? "" : place.getRawQuery();
    for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value =
          equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
      if (name.equals("endpoint") && value.matches("https?://[^/?#]+/?")) {
        endpoint = Optional.of(URI.create(value));
      } else if (name.equals("region") && value.matches("[a-z0-9-]+")) {
        region = Optional.of(value);
      } else {
        throw wrong(place);
      }
    }
    return new S3Place(bucket, prefix, endpoint, region);
  }

  private static IllegalArgumentException wrong(URI place) {
    return new IllegalArgumentException("'" + place + "' is no place in S3: " + FORM);
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix + endpoint.map(e -> "?endpoint=" + e).orElse("");
  }
}

package dev.weir.store.snapshot;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;

/** Opens the storage that a place names. */
public final class ObjectStores {
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private ObjectStores() {}

  /** Opens places of one kind; found on the class path by {@link ServiceLoader}. */
  public interface Provider {

    /** Whether it opens places with this scheme, such as {@code s3}. */
    boolean knows(String scheme);

    /**
     * The storage of a place, patient or not; nothing is asked of it yet.
     *
     * @throws IllegalArgumentException if the place is not well written, with what to write
     */
    ObjectStore open(URI place);
  }

  /**
   * The storage of a place: a directory's path, {@code file:} or what a provider knows; it asks
   * again when a call fails.
   *
   * @param place as configured; a relative path starts at the working directory
   * @throws IllegalArgumentException if it is no place, with what to write
   */
  public static ObjectStore open(String place) {
    int colon = place.indexOf(':');
    return new PatientStore(
        colon < 2 ? directory(place) : open(URI.create(place)), ATTEMPTS, PAUSE);
  }

  private static ObjectStore directory(String place) {
    try {
      return new DirectoryStore(Path.of(place));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + place + "' is no path: " + e.getReason(), e);
    }
  }

  private static ObjectStore open(URI place) {
    if ("file".equals(place.getScheme())) {
      return new DirectoryStore(Path.of(place));
    }
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      if (provider.knows(place.getScheme())) {
        return provider.open(place);
      }
    }
    throw new IllegalArgumentException(
        "no storage of the kind '"
            + place.getScheme()
            + "' is known: write a directory, or add the module for it, such as weir-store-s3");
  }
}

package dev.weir.s3;

import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.ObjectStores;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Opens {@code s3://} places, with the credentials that the environment gives. */
public final class S3Provider implements ObjectStores.Provider {

  @Override
  public boolean knows(String scheme) {
    return scheme.equals("s3");
  }

  @Override
  public ObjectStore open(URI place) {
    return new S3Store(S3Place.parse(place), DefaultCredentialsProvider.builder().build());
  }
}

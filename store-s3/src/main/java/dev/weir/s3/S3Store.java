package dev.weir.s3;

import dev.weir.store.snapshot.ObjectNames;
import dev.weir.store.snapshot.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket. A put is atomic as S3 promises. Safe from any thread.
 *
 * <p>Only what every storage that speaks S3 knows is asked of it: put, get with a range, list,
 * delete.
 */
public final class S3Store implements ObjectStore {
  private static final int FORBIDDEN = 403;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Place place;
  private final S3Client client;

  /** A store at a place; nothing is asked of it yet. */
  public S3Store(S3Place place, AwsCredentialsProvider credentials) {
    this.place = place;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(credentials)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    place.region().ifPresent(name -> builder.region(Region.of(name)));
    place
        .endpoint()
        .ifPresent(
            uri -> {
              builder.endpointOverride(uri).forcePathStyle(true);
              if (place.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
              }
            });
    this.client = builder.build();
  }

  private String key(String name) {
    return place.prefix() + ObjectNames.check(name);
  }

  private <T> T asking(String name, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN) {
        throw new AccessDeniedException(place.toString(), name, e.getMessage());
      }
      throw new IOException(place + ": " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void put(String name, Path file) throws IOException {
    put(name, RequestBody.fromFile(file));
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    put(name, RequestBody.fromBytes(content));
  }

  private void put(String name, RequestBody body) throws IOException {
    String key = key(name);
    asking(name, () -> client.putObject(r -> r.bucket(place.bucket()).key(key), body));
  }

  @Override
  public Optional<InputStream> open(String name, long from) throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(place.bucket()).key(key(name));
    if (from > 0) {
      request.range("bytes=" + from + "-");
    }
    return asking(
        name,
        () -> {
          try {
            return Optional.of(client.getObject(request.build()));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          } catch (S3Exception e) {
            if (from > 0 && e.statusCode() == RANGE_NOT_SATISFIABLE) {
              return Optional.of(InputStream.nullInputStream());
            }
            throw e;
          }
        });
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    ObjectNames.checkPrefix(prefix);
    List<Entry> found = new ArrayList<>();
    asking(
        prefix,
        () -> {
          for (S3Object object :
              client
                  .listObjectsV2Paginator(
                      r -> r.bucket(place.bucket()).prefix(place.prefix() + prefix))
                  .contents()) {
            found.add(
                new Entry(
                    object.key().substring(place.prefix().length()),
                    object.size(),
                    object.lastModified()));
          }
          return found;
        });
    found.sort(Comparator.comparing(Entry::name));
    return found;
  }

  @Override
  public void delete(String name) throws IOException {
    String key = key(name);
    asking(name, () -> client.deleteObject(r -> r.bucket(place.bucket()).key(key)));
  }

  @Override
  public String place() {
    return place.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.weir.chaos.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What the nodes offer, as their OpenAPI document says; what they do not offer is not called.
 *
 * @param levels whether reads can ask for a level
 * @param conditions whether writes can have conditions and idempotency keys
 */
record Features(boolean levels, boolean conditions) {

  static Features of(String url) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/openapi.json")).build();
      String text = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      return new Features(text.contains("Weir-Consistency"), text.contains("Idempotency-Key"));
    } catch (IOException e) {
      throw new IllegalStateException(url + " does not say what it offers", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

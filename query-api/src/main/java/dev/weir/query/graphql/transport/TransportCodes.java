package dev.weir.query.graphql.transport;

/** With which codes a server closes a socket of graphql-transport-ws, as its protocol says. */
final class TransportCodes {
  static final int BAD_REQUEST = 4400;
  static final int UNAUTHORIZED = 4401;
  static final int INITIALISATION_TIMEOUT = 4408;
  static final int SUBSCRIBER_EXISTS = 4409;
  static final int TOO_MANY_INITIALISATIONS = 4429;

  private TransportCodes() {}
}

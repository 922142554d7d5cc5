package dev.weir.client;

/**
 * What a request carries.
 *
 * @param bytes as they are sent
 * @param contentType their media type
 */
@SuppressWarnings("ArrayRecordComponent")
record Body(byte[] bytes, String contentType) {}

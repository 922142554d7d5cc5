package dev.weir.store.ingest;

import dev.weir.store.InvalidValueException;
import dev.weir.store.ValueFormat;
import java.io.IOException;

/** The simplest value format for JSON. */
final class TestFormats {

  static final ValueFormat JSON =
      new ValueFormat() {
        @Override
        public String name() {
          return "json";
        }

        @Override
        public String contentType() {
          return "application/json";
        }

        @Override
        public byte[] accept(byte[] raw) throws InvalidValueException {
          try {
            JsonFields.value(raw);
            return raw;
          } catch (IOException e) {
            throw new InvalidValueException("not JSON");
          }
        }

        @Override
        public byte[] toJson(byte[] stored) {
          return stored;
        }

        @Override
        public byte[] fromJson(byte[] json) throws InvalidValueException {
          return accept(json);
        }
      };

  private TestFormats() {}
}

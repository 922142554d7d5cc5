package dev.weir.query.server;

import dev.weir.query.audit.AuditPorts;
import dev.weir.store.SourceDefinition;
import dev.weir.store.audit.LetterPlaces;
import dev.weir.store.letter.DeadLetterBox;
import java.io.IOException;

/** Looks up where the dead letters of a source came from. */
record LettersOfSources(DeadLetterBox box) implements AuditPorts.Letters {

  @Override
  public void tell(SourceDefinition source, LetterPlaces places) throws IOException {
    boolean whole =
        box.origins(
            source.name(),
            origin -> {
              if (origin.topic().equals(source.topic())) {
                places.add(origin.partition(), origin.offset());
              }
            });
    if (!whole) {
      places.lost();
    }
  }
}

package dev.weir.chaos;

/**
 * The version that the database gave a document; later writes of a key have greater ones.
 *
 * @param generation of the log
 * @param offset in the shard's log
 */
public record Version(int generation, long offset) implements Comparable<Version> {

  @Override
  public int compareTo(Version other) {
    int byGeneration = Integer.compare(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return generation + "-" + offset;
  }
}

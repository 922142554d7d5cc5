package dev.weir.graph;

/**
 * Lists of numbers from one vertex to several; for algorithms that compare neighbourhoods. A list
 * travels once to each shard and is not combined. In the next superstep the shard's {@link
 * Receiver} is called for each list and each of its addressees there, before any vertex is
 * computed, in an order that is the same in every run. Addressees wake up.
 */
public interface ListChannel {

  /** Called for each list and addressee. */
  interface Receiver {

    /**
     * Takes a list.
     *
     * @param addressee a vertex of this shard
     * @param sender number of the vertex that sent it
     * @param list the list; its content is only valid during the call
     * @param length how much of the array is the list
     */
    void receive(Vertex addressee, int sender, long[] list, int length);
  }

  /**
   * Sends a list.
   *
   * @param addressees numbers of vertices, in ascending order
   * @param list any numbers; ascending ones take the least space
   * @param length how much of both arrays counts
   */
  void send(Vertex from, int[] addressees, long[] list, int length);
}

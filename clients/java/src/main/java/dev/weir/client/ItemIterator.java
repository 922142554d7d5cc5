package dev.weir.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Walks over the pages of a scan and holds one at a time. */
final class ItemIterator implements Iterator<Item> {

  private final WeirClient client;
  private final String collection;
  private Scan next;
  private boolean more = true;
  private Iterator<Item> page = List.<Item>of().iterator();

  ItemIterator(WeirClient client, String collection, Scan scan) {
    this.client = client;
    this.collection = collection;
    this.next = scan;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && more) {
      Page fetched = client.page(collection, next);
      page = fetched.items().iterator();
      more = fetched.cursor().isPresent();
      next = fetched.cursor().map(next::after).orElse(next);
    }
    return page.hasNext();
  }

  @Override
  public Item next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }
}

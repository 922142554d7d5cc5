package dev.weir.store.rocksdb;

import dev.weir.store.read.ShardView;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A RocksDB iterator with everything that must be closed with it. */
public final class RocksWalk implements ShardView.Walk {
  private final RocksIterator iterator;
  private final boolean descending;
  private final Runnable afterwards;
  private boolean closed;

  RocksWalk(RocksIterator iterator, boolean descending, Runnable afterwards) {
    this.iterator = iterator;
    this.descending = descending;
    this.afterwards = afterwards;
    if (descending) {
      iterator.seekToLast();
    } else {
      iterator.seekToFirst();
    }
  }

  @Override
  public boolean valid() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw new IllegalStateException("RocksDB failed to walk: " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] key() {
    return iterator.key();
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void next() {
    if (descending) {
      iterator.prev();
    } else {
      iterator.next();
    }
  }

  @Override
  public void seek(byte[] key) {
    if (descending) {
      iterator.seekForPrev(key);
    } else {
      iterator.seek(key);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      iterator.close();
      afterwards.run();
    }
  }
}

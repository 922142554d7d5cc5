/** What a secondary index holds of a document, in bytes whose order is that of the values. */
@NullMarked
package dev.weir.store.index;

import org.jspecify.annotations.NullMarked;

/** Questions about the contents of documents: read, checked, asked until they are answered. */
@NullMarked
package dev.weir.query.search;

import org.jspecify.annotations.NullMarked;

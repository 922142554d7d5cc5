/** What every benchmark needs: documents, figures, the size of a run. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;

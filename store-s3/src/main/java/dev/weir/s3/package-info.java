/** A snapshot repository in object storage that speaks S3; the only importer of the AWS SDK. */
@NullMarked
package dev.weir.s3;

import org.jspecify.annotations.NullMarked;

/**
 * Which files of a model run code when they are loaded, and what. Every file is looked at by its
 * content: {@link io.modeldepot.provenance.scan.FileScanner} opens what is packed, follows each
 * pickle, and {@link io.modeldepot.provenance.scan.Evidence} tells a broken pickle from data. The
 * answer is a value with the file, the place and the import; what to do about it is decided by a
 * policy elsewhere. Work and memory for one file are bounded, and past the bound is not allowed.
 */
@NullMarked
package io.modeldepot.provenance.scan;

import org.jspecify.annotations.NullMarked;

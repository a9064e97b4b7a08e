/**
 * Which repositories bring Python code of their own that an inference server is asked to run, seen
 * from their configurations and the names of their files. Marks and judges nothing: what a site
 * does about it is a policy. Configurations are read within bounds, and nothing is carried out.
 */
@NullMarked
package io.modeldepot.provenance.remotecode;

import org.jspecify.annotations.NullMarked;

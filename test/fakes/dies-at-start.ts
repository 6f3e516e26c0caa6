/** Cannot even begin: says why and ends. */
process.stderr.write('Error: libonnxruntime.so.1: cannot open shared object file\n');
process.exit(1);

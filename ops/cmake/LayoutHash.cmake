# cmake -DOUT=FILE -DFILES=A;B;... -P LayoutHash.cmake
#
# Writes a header with one hash over the text of the files: what rows in memory mean follows from
# them, and so what a snapshot of such rows is good for (daemon/ledger/facts_snapshot.h).
set(all "")
foreach(file IN LISTS FILES)
  file(SHA256 ${file} hash)
  get_filename_component(name ${file} NAME)
  string(APPEND all "${name} ${hash}\n")
endforeach()
string(SHA256 hash "${all}")
file(WRITE ${OUT}.new "#define FACTS_LAYOUT \"${hash}\"\n")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)

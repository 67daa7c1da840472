# cmake -DOUT=FILE -DTEXT=FILE -DNAME=NAME -DHEADER=FILE -P TextArray.cmake
#
# The bytes of a text and a zero as the array NAME, which HEADER declares.
file(READ ${TEXT} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${OUT} "#include \"${HEADER}\"\nconst unsigned char ${NAME}[] = {${bytes}0x00};\n")

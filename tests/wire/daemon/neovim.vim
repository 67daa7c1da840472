" hello, append, read, outstanding and an error, by an unmodified editor.
let s:channel = sockconnect('pipe', $ACCRUED_SOCKET, {'rpc': v:true})

function s:Same(expected, actual, what) abort
  if a:expected isnot a:actual
    echo a:what . ': ' . string(a:actual) . ', not ' . string(a:expected) . "\n"
    cquit
  endif
endfunction

try
  let s:hello = rpcrequest(s:channel, 'hello', {'client': 'neovim'})
  call s:Same(1, s:hello.proto, 'proto')
  let s:event = {'id': 'from-neovim', 'type': 'x.editor.note', 'agg': 'x/n', 'data': {'text': '先用后付'}}
  let s:stored = rpcrequest(s:channel, 'append', {'events': [s:event]})
  call s:Same(v:false, s:stored.results[0].dup, 'dup')
  let s:read = rpcrequest(s:channel, 'read', {'from': s:stored.first})
  call s:Same('先用后付', s:read.events[0].data.text, 'text')
  let s:owed = rpcrequest(s:channel, 'query', {'projection': 'outstanding'})
  call s:Same(0, len(s:owed.rows), 'rows')
catch
  echo v:exception . "\n"
  cquit
endtry

try
  call rpcrequest(s:channel, 'append', {'events': [{'id': 'wrong'}]})
  echo "no error\n"
  cquit
catch
  if v:exception !~# 'E_MISSING_FIELD'
    echo v:exception . "\n"
    cquit
  endif
endtry
echo "neovim is content\n"
quitall!

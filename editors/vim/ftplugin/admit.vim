" How admit policies are edited.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:##,:# commentstring=#\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
" A name, an address or a scope is one word.
setlocal iskeyword=@,48-57,45,46,95
setlocal suffixesadd=.admit
" `gq` over the whole file gives it admit's layout.
setlocal formatexpr=AdmitFormat()

if !exists('current_compiler')
  compiler admit
endif

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop< iskeyword< suffixesadd< formatexpr< makeprg< errorformat<'

if exists('*AdmitFormat')
  finish
endif

" Lays out the lines from v:lnum on, or leaves them alone and says why.
function! AdmitFormat() abort
  if mode() =~# '[iR]'
    " What is being typed is broken by Vim itself.
    return 1
  endif
  let l:last = v:lnum + v:count - 1
  let l:old = getline(v:lnum, l:last)
  let l:new = systemlist('admit fmt --format plain -', l:old)
  if v:shell_error != 0
    redraw
    echohl ErrorMsg
    echomsg 'not laid out: ' . get(l:new, 0, 'admit does not run')
    echohl None
    return 0
  endif
  if l:new ==# l:old
    return 0
  endif
  if len(l:new) < len(l:old)
    call deletebufline('%', v:lnum + len(l:new), l:last)
  else
    call append(l:last, l:new[len(l:old):])
  endif
  call setline(v:lnum, l:new[:len(l:old) - 1])
  return 0
endfunction

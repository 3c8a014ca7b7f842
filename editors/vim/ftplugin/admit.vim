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
setlocal formatprg=admit\ fmt\ -

if !exists('current_compiler')
  compiler admit
endif

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop< iskeyword< suffixesadd< formatprg< makeprg< errorformat<'

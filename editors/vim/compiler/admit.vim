" `:make` checks the project that the file of the buffer belongs to, and fills the quickfix list.
if exists('current_compiler')
  finish
endif
let current_compiler = 'admit'
let s:cpo = &cpo
set cpo&vim

" The nearest folder, upwards from the buffer's file, that has an admit.yaml; else nothing.
function! s:Project() abort
  let l:folder = expand('%:p:h')
  let l:folder = empty(l:folder) ? getcwd() : l:folder
  while !filereadable(l:folder . '/admit.yaml')
    let l:above = fnamemodify(l:folder, ':h')
    if l:above ==# l:folder
      return ''
    endif
    let l:folder = l:above
  endwhile
  return l:folder
endfunction

" admit names files relative to the project, Vim relative to the current folder: the first line of the output says where the project is.
function! s:Command() abort
  let l:check = 'admit check --quiet --format plain'
  let l:project = has('win32') ? '' : s:Project()
  if empty(l:project)
    return l:check
  endif
  let l:script = 'echo "Entering directory $0"; exec ' . l:check . ' --project "$0" "$@"'
  return 'sh -c ' . shellescape(l:script) . ' ' . shellescape(l:project, 1) . ' $*'
endfunction

execute 'CompilerSet makeprg=' . escape(s:Command(), ' \|"')
" Columns are characters: of what Vim counts, columns of the screen come nearest.
CompilerSet errorformat=%DEntering\ directory\ %f,%Eerror\ %*\\S\ %f:%l:%v\ %m,%Wwarning\ %*\\S\ %f:%l:%v\ %m,%Iadvice\ %*\\S\ %f:%l:%v\ %m,%C\ \ %m,%-G%.%#

let &cpo = s:cpo
unlet s:cpo

" Two spaces within braces, for the clauses of a rule, and for a list that goes on.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=AdmitIndent(v:lnum)
setlocal indentkeys=!^F,o,O,0},0]
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*AdmitIndent')
  finish
endif

let s:items = '^\s*\%(#\|\%(account\|attribute\|role\|scope-set\|group\|allowlist\|developer\|app\|user\|test\|approve\|block\|withhold\|waive\|grant\|accept\)\%(\s\|$\)\)'
" What goes on with an assertion of a test, or with an exemption.
let s:tails = '^\s*\%(install\|when\|with\|starting\|until\|because\)\>'
" What goes on with the condition above, or with the people or apps.
let s:joins = '^\s*\%(and\|or\|except\)\>'
" What a list goes on after.
let s:more = ',\s*$\|^\s*\%(reviewed\|scopes\|optional-scopes\|privileges\)\s*$'
" Blocks whose lines are parts of one list.
let s:lists = '^\s*\%(scope-set\|group\|allowlist\)\>'

" A line without its texts and its comment.
function! s:Bare(line) abort
  let l:text = substitute(getline(a:line), '"\%([^"\\]\|\\.\)*"', '""', 'g')
  return substitute(l:text, '#.*', '', '')
endfunction

function! AdmitIndent(line) abort
  call cursor(a:line, 1)
  let l:skip = "synIDattr(synID(line('.'), col('.'), 1), 'name') =~# 'admit\\%(String\\|Comment\\|Doc\\|Directive\\)'"
  let l:open = searchpair('[{[]', '', '[]}]', 'bnW', l:skip)
  let l:text = getline(a:line)
  let l:above = prevnonblank(a:line - 1)
  let l:goes_on = l:above > 0 && s:Bare(l:above) =~# s:more
  if l:open > 0
    if l:text =~# '^\s*[]}]'
      return indent(l:open)
    endif
    let l:within = indent(l:open) + shiftwidth()
    let l:goes_on = l:goes_on && getline(l:open) !~# s:lists
    return l:within + (l:goes_on || l:text =~# s:tails . '\|' . s:joins ? shiftwidth() : 0)
  endif
  if l:text =~# s:items && !l:goes_on
    return 0
  endif
  if l:text =~# '^\s*$' && l:above < a:line - 1
    return 0
  endif
  return l:above == 0 ? 0 : shiftwidth() * (l:text =~# s:joins || l:goes_on && indent(l:above) > 0 ? 2 : 1)
endfunction

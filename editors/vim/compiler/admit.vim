" `:make` checks the project around the current folder and fills the quickfix list.
if exists('current_compiler')
  finish
endif
let current_compiler = 'admit'

CompilerSet makeprg=admit\ check\ --quiet\ --format\ plain
CompilerSet errorformat=%Eerror\ %*\\S\ %f:%l:%c\ %m,%Wwarning\ %*\\S\ %f:%l:%c\ %m,%Iadvice\ %*\\S\ %f:%l:%c\ %m,%C\ \ %m,%-G%.%#

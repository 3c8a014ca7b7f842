" The admit policy language.
if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

syntax case match
" A keyword is a whole word, and words may have these in them: - . _ : @ * +
syntax iskeyword @,48-57,45,46,95,58,64,42,43

" ---- Words ----
syntax keyword admitItem attribute user test
syntax keyword admitItem account role scope-set group allowlist developer app nextgroup=admitName skipwhite
syntax keyword admitEffect approve block withhold exempt accept
syntax keyword admitEffect waive grant nextgroup=admitName skipwhite
syntax keyword admitVerdict allow deny only given
syntax keyword admitClause for to from on except when reviewed starting until owner because with at gain install extends
syntax keyword admitClause id nextgroup=admitName skipwhite
syntax keyword admitSelector by set nextgroup=admitName skipwhite
syntax keyword admitSelector apps all listed unlisted internal everyone
syntax keyword admitSetting approval notify default installers requests via sub-accounts privileges scopes
syntax keyword admitField name kind marketplace-id listing stage managed-by optional-scopes beta-until groups roles
syntax keyword admitOperator and or not is in any contains
syntax keyword admitType one of text flag number date
syntax keyword admitConstant today none nobody automatically yes no true false required optional
syntax keyword admitConstant user-level admin-level master-level
syntax keyword admitConstant published beta development private third-party zoom

" ---- Values ----
syntax match admitCompare "<=\|>=\|<\|>"
syntax match admitDate "\<\d\{4}-\d\d-\d\d\>"
syntax match admitNumber "\<\d\+\>"
syntax match admitEmail "[A-Za-z0-9._+-]\+@[A-Za-z0-9.-]\+"
syntax match admitScope "\<[A-Za-z0-9_.*+-]\+\%(:[A-Za-z0-9_.*+-]\+\)\+"
syntax match admitAttribute "\<\%(user\|app\|developer\)\.[A-Za-z0-9_.-]\+"

" ---- Names ----
syntax match admitName contained "[A-Za-z0-9_.+-]\+"

" ---- Texts and comments ----
syntax match admitEscape contained +\\\%(["\\n]\|u{\x\{1,6}}\)+
syntax region admitString start=+"+ skip=+\\.+ end=+"+ end=+$+ contains=admitEscape oneline
syntax match admitComment "#.*" contains=@Spell
syntax match admitDoc "##.*" contains=@Spell
syntax keyword admitDirectiveWord contained allow until because
syntax match admitDirective "#\s*admit\s*:.*" contains=admitDirectiveWord,admitDate,admitString

syntax region admitBlock start="{" end="}" transparent fold

highlight default link admitItem Structure
highlight default link admitEffect Statement
highlight default link admitVerdict Statement
highlight default link admitClause Keyword
highlight default link admitSelector Type
highlight default link admitSetting Keyword
highlight default link admitField Label
highlight default link admitOperator Operator
highlight default link admitCompare Operator
highlight default link admitType Type
highlight default link admitConstant Constant
highlight default link admitDate Number
highlight default link admitNumber Number
highlight default link admitEmail Special
highlight default link admitScope Special
highlight default link admitAttribute Identifier
highlight default link admitName Function
highlight default link admitString String
highlight default link admitEscape SpecialChar
highlight default link admitComment Comment
highlight default link admitDoc SpecialComment
highlight default link admitDirective PreProc
highlight default link admitDirectiveWord Keyword

let b:current_syntax = 'admit'
let &cpo = s:cpo
unlet s:cpo

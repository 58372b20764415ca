-- Drives Chainrule in a real Neovim, as a person would, and writes what happened as JSON to $CHAINRULE_OUT.
local uri = vim.uri_from_bufnr(0)
local told = {}

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend('keep', params or {}, { textDocument = { uri = uri } }), 10000) or {}
  for _, answer in pairs(answers) do
    return answer.result or { error = (answer.err or answer.error or {}).message }
  end
end

local function at(line, character)
  return { position = { line = line, character = character } }
end

local function wait(what, holds)
  if not vim.wait(20000, holds, 50) then error('waited in vain for ' .. what) end
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function drive()
  wait('the client', function() return next(vim.lsp.buf_get_clients(0)) ~= nil end)
  wait('a diagnostic with what would be right', function()
    local one = vim.diagnostic.get(0)[1]
    return one ~= nil and one.message:find('instead of') ~= nil
  end)
  local found = vim.diagnostic.get(0)[1]
  told.diagnostic = { code = found.code, line = found.lnum, character = found.col, message = found.message }
  told.hover = ask('textDocument/hover', at(4, 5))

  local range = { start = { line = 6, character = 9 }, ['end'] = { line = 6, character = 9 } }
  for _, action in ipairs(ask('textDocument/codeAction', { range = range, context = { diagnostics = {} } })) do
    if action.isPreferred then
      vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
      told.fixed = action.title
    end
  end
  wait('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)

  vim.cmd('let &undolevels = &undolevels') -- what a script does would be undone at once
  vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', vim.tbl_extend('keep', at(4, 0), { newName = 'h' })), 'utf-16')
  told.renamed = lines()
  vim.cmd('undo')
  told.undone = lines()
  told.refused = ask('textDocument/rename', vim.tbl_extend('keep', at(4, 0), { newName = 'c' }))
  told.formatting = ask('textDocument/formatting', { options = { tabSize = 2, insertSpaces = true } })
  told.completion = vim.tbl_map(function(item) return item.label end, ask('textDocument/completion', at(6, 8)))
  told.symbols = vim.tbl_map(function(symbol) return symbol.name end, ask('textDocument/documentSymbol'))
end

local ok, problem = pcall(drive)
if not ok then told.problem = problem end
local file = io.open(vim.env.CHAINRULE_OUT, 'w')
file:write(vim.fn.json_encode(told))
file:close()
vim.cmd('qall!')

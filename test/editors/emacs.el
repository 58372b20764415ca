;; Drives Chainrule in a real Emacs by Eglot, as a person would, and writes what happened as JSON to $CHAINRULE_OUT.
(require 'eglot)
(require 'json)

(defvar told nil)

(defun tell (name value)
  (push (cons name value) told))

(defun wait-for (what holds)
  (let ((end (+ (float-time) 30)))
    (while (not (funcall holds))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun lines ()
  (vconcat (split-string (buffer-substring-no-properties (point-min) (point-max)) "\n" t)))

;; Eglot tells of changes when a person pauses, which a script never does.
(defun diagnostics ()
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (flymake-diagnostics))

(defun go-to (line column)
  (goto-char (point-min))
  (forward-line line)
  (move-to-column column))

(defun drive ()
  (find-file (getenv "CHAINRULE_FILE"))
  (setq-local eglot-sync-connect 30)
  (apply #'eglot (eglot--guess-contact))
  (tell 'server (plist-get (eglot--server-info (eglot-current-server)) :name))
  (wait-for "a diagnostic" (lambda () (seq-some (lambda (one) (string-match-p "instead of" (flymake-diagnostic-text one))) (diagnostics))))
  (let ((found (car (diagnostics))))
    (tell 'diagnostic (flymake-diagnostic-text found))
    (tell 'range (vector (line-number-at-pos (flymake-diagnostic-beg found)) (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found)))))

  (go-to 4 5)
  (tell 'hover (plist-get (plist-get (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams)) :contents) :value))

  (go-to 6 9)
  (let ((action (seq-find (lambda (one) (plist-get one :isPreferred))
                          (jsonrpc-request (eglot--current-server-or-lose) :textDocument/codeAction (eglot--code-action-params)))))
    (tell 'fixed (plist-get action :title))
    (eglot--apply-workspace-edit (plist-get action :edit)))
  (wait-for "no diagnostic" (lambda () (null (diagnostics))))

  (undo-boundary)
  (go-to 4 0)
  (eglot-rename "h")
  (tell 'renamed (lines))
  (go-to 4 0)
  (tell 'refused (condition-case problem (progn (eglot-rename "c") "renamed") (error (error-message-string problem))))
  (eglot--signal-textDocument/didChange)
  (tell 'symbols (vconcat (seq-mapcat (lambda (kind) (mapcar #'car (cdr kind))) (eglot-imenu)))))

;; Older versions of Eglot have no function for this.
(unless (fboundp 'eglot--code-action-params)
  (defun eglot--code-action-params ()
    (list :textDocument (eglot--TextDocumentIdentifier)
          :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
          :context '(:diagnostics []))))

(condition-case problem (drive) (error (tell 'problem (error-message-string problem))))
(with-temp-file (getenv "CHAINRULE_OUT") (insert (json-encode told)))
(ignore-errors (set-buffer-modified-p nil) (eglot-shutdown (eglot-current-server)))
(kill-emacs 0)
